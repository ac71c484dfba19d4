import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { chartOf, objectsOf, sessionsBundle } from '@kubectl-gc/manifests'
import type { CronJob } from '@kubectl-gc/manifests/kubernetes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNamespace } from './support/namespace.ts'
import { program, written } from './support/rendering.ts'
import { run, succeed } from './support/run.ts'

const namespace = `render-${randomBytes(4).toString('hex')}`
const small = ['--set', 'dolt.requests.cpu=10m', '--set', 'dolt.requests.memory=64Mi']
const kubectl = (...args: string[]) => succeed('kubectl', ['--namespace', namespace, ...args])

beforeAll(async () => {
  await createNamespace(namespace)
})

afterAll(async () => {
  await succeed('kubectl', ['delete', 'namespace', namespace, '--wait=false'])
})

/** As the root user, inside the pod of Dolt. */
function sql(query: string): Promise<string> {
  const dolt = ['dolt', '--host', '127.0.0.1', '--port', '3307', '--user', 'root', '--password', '', '--no-tls']
  return kubectl('exec', 'dolt-0', '-c', 'dolt', '--', ...dolt, 'sql', '-r', 'csv', '-q', query)
}

async function helm(version: 'helm' | 'helm4', ...args: string[]): Promise<string> {
  return succeed(await program(version), [...args, '--namespace', namespace])
}

test('a chart is installed, backs its data up, is upgraded and uninstalled', { timeout: 300_000 }, async () => {
  await using chart = await written(chartOf(sessionsBundle))
  const backups = ['--set', 'backups.enabled=true', '--set', 'backups.storage=1Gi']
  await helm('helm', 'install', 'town', chart.path, ...small, ...backups, '--wait', '--timeout', '3m')
  await sql('CREATE DATABASE `my-town`; USE `my-town`; CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (1)')

  await kubectl('create', 'job', '--from=cronjob/dolt-backup', 'now')
  await kubectl('wait', '--for=condition=Complete', 'job/now', '--timeout=90s')
  const [, from = ''] = /my-town is in (\S+)/.exec(await kubectl('logs', 'job/now')) ?? []
  await sql('DROP DATABASE `my-town`')
  await sql(`CALL DOLT_BACKUP('restore', '${from}', 'my-town')`)
  expect(await sql('SELECT id FROM `my-town`.t')).toContain('1')

  const notes = await helm('helm4', 'upgrade', 'town', chart.path, ...small, '--set', 'quota.enabled=true', '--wait')
  expect(await kubectl('get', 'resourcequota,cronjob', '-o', 'name')).toBe('resourcequota/gc\n')
  expect(notes).toContain(`kubectl --namespace ${namespace} rollout status statefulset/dolt`)
  expect(await sql('SELECT id FROM `my-town`.t')).toContain('1')

  await helm('helm', 'uninstall', 'town', '--wait', '--cascade', 'foreground')
  const kinds = 'all,pvc,quota,sa,role,rolebinding,networkpolicy,cronjob'
  const left = async () => (await kubectl('get', kinds, '-o', 'name')).trim().split('\n').sort()
  await expect
    .poll(left)
    .toEqual(['persistentvolumeclaim/dolt-backups', 'persistentvolumeclaim/dolt-data-dolt-0', 'serviceaccount/default'])
})

test.for(['namespace', 'dolt-statefulset', 'dolt-service', 'rbac'])('the server takes %s.yaml', async (name) => {
  const file = fileURLToPath(new URL(`../manifests/sessions/${name}.yaml`, import.meta.url))
  await succeed('kubectl', ['apply', '--dry-run=server', '-f', file])
})

test.for([
  ['dolt.stroage=1Gi', /additional properties 'stroage' not allowed|stroage is not allowed/i],
  ['dolt.storage=5', /storage.*(Invalid type|got number, want string)/is],
  ['dolt.image=null', /image/],
] as const)('Helm refuses --set %s', async ([assignment, told]) => {
  await using chart = await written(chartOf(sessionsBundle))
  for (const version of ['helm', 'helm4'] as const) {
    const { exitCode, stderr } = await run(await program(version), ['template', chart.path, '--set', assignment])
    expect(exitCode).not.toBe(0)
    expect(stderr).toMatch(told)
  }
})

test('the clean-up deletes old events, and nothing else', async () => {
  const objects = objectsOf(sessionsBundle, { eventCleanup: { enabled: true } })
  const { spec } = objects.find(({ metadata }) => metadata?.name === 'gc-event-cleanup') as CronJob
  const [, , script = ''] = spec?.jobTemplate.spec?.template.spec?.containers[0]?.command ?? []
  await kubectl('create', 'configmap', 'other')
  for (const name of ['event-1', 'event-2']) {
    await kubectl('create', 'configmap', name)
    await kubectl('label', 'configmap', name, 'gc/component=event')
  }
  const events = () => kubectl('get', 'configmaps', '-l', 'gc/component=event', '-o', 'name')
  await using context = await written({ kubeconfig: await succeed('kubectl', ['config', 'view', '--raw', '--minify']) })
  const env = { KUBECONFIG: `${context.path}/kubeconfig`, TMPDIR: context.path }
  await succeed('kubectl', ['config', 'set-context', '--current', '--namespace', namespace], { env })
  await succeed('sh', ['-c', script], { env: { ...env, HOURS: '1' } })
  expect(await events()).toBe('configmap/event-1\nconfigmap/event-2\n')
  // An hour from now, they are an hour old.
  await succeed('sh', ['-c', script], { env: { ...env, HOURS: '-1' } })
  expect(await events()).toBe('')
  expect(await kubectl('get', 'configmap', 'other', '-o', 'name')).toBe('configmap/other\n')
})
