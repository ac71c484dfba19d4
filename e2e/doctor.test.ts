import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { identities, renderedRules } from './support/identity.ts'
import { withNoPods } from './support/quota.ts'
import { environment, type Result, run } from './support/run.ts'
import { test as base } from './support/test.ts'

const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'gc-doctor-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
})

/** Agents are told of a Dolt elsewhere, as the namespaces of these tests have none. */
const elsewhere = { GC_K8S_DOLT_HOST: 'dolt.gc.svc', GC_K8S_DOLT_PORT: '3307' }

function wrong({ stdout }: Result) {
  const { checks } = JSON.parse(stdout) as { checks: { check: string; verdict: string; fix?: string }[] }
  return checks.filter(({ verdict }) => verdict === 'failed')
}

test('doctor finds nothing where nothing is wrong, and what is wrong otherwise', async ({ gc, namespace }) => {
  const well = await gc(['doctor', '--image', environment.GC_K8S_IMAGE ?? ''], { env: elsewhere })
  expect(well).toMatchObject({ exitCode: 0, stderr: '' })
  expect(well.stdout).toMatch(/^ok {7}clock /m)
  expect(well.stdout).toMatch(/^ok {7}image .*a node can run/m)

  const broken = await withNoPods(namespace, () => gc(['doctor', '--output', 'json']))
  expect(broken.exitCode).toBe(1)
  expect(wrong(broken).map(({ check }) => check)).toEqual(['pod', 'dolt'])
  const nowhere = await gc(['doctor', '-o', 'json'], { env: { GC_K8S_NAMESPACE: 'no-such-namespace' } })
  expect(wrong(nowhere)).toMatchObject([
    { check: 'namespace', fix: 'kubectl gc install --namespace no-such-namespace' },
  ])
})

test('what doctor says to somebody without permissions gives them', async ({ gc, namespace, folder, kubectl }) => {
  const { 'gc-outsider': kubeconfig = '' } = await identities(namespace, folder, { 'gc-outsider': [] })
  const rules = await renderedRules('gc-controller')
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'gc-controller' }, rules }
  await writeFile(join(folder, 'role.json'), JSON.stringify(role))
  await kubectl('apply', '-f', join(folder, 'role.json'))
  const env = { ...elsewhere, KUBECONFIG: kubeconfig }
  const before = await gc(['doctor', '-o', 'json'], { env })
  expect(before.exitCode).toBe(1)
  const [missing, ...others] = wrong(before)
  expect(others).toEqual([])
  expect(missing).toMatchObject({ check: 'permissions', message: expect.stringContaining('create pods/exec') })
  const command = missing?.fix?.replace('let an administrator run: ', '') ?? ''
  expect(await run('sh', ['-c', command])).toMatchObject({ exitCode: 0 })
  await expect.poll(async () => wrong(await gc(['doctor', '-o', 'json'], { env }))).toEqual([])
})

test('report has what is there, and none of the secrets', async ({ gc, folder, kubectl }) => {
  const planted = ['e2e-planted-in-secret', 'e2e-planted-in-variable', 'e2e-planted-in-argument', 'e2e-planted-in-log']
  const [inSecret, inVariable, inArgument, inLog] = planted
  await kubectl(
    'create',
    'secret',
    'generic',
    'claude-credentials',
    `--from-literal=.credentials.json={"a":"${inSecret}"}`,
  )
  const command = `echo a harmless line; cat /tmp/claude-secret/.credentials.json; echo; echo password=${inLog}; exec cat --token ${inArgument} -`
  const start = [
    'start',
    'talker',
    '--env',
    `MY_API_KEY=${inVariable}`,
    '--command',
    command.replace('cat --token', 'sh -c "cat" --token'),
  ]
  expect(await gc(start)).toMatchObject({ exitCode: 0 })
  await expect.poll(() => kubectl('logs', 'talker')).toContain(inLog)
  const archive = join(folder, 'report.tar.gz')
  const { exitCode, stdout, stderr } = await gc(['report', '--output', archive])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(/^\/.*report\.tar\.gz written: \d+ files, \d+ KiB\n$/)
  execFileSync('tar', ['xzf', archive, '-C', folder])
  const all = execFileSync('sh', ['-c', `find "$1/gc-report" -type f -exec cat {} +`, '', folder]).toString()
  const config = JSON.parse((await run('kubectl', ['config', 'view', '--raw', '--minify', '-o', 'json'])).stdout)
  const keys = Object.values(config.users[0].user).filter((value) => typeof value === 'string')
  expect(keys.length).toBeGreaterThan(0)
  for (const secret of [...planted, ...keys]) expect(all).not.toContain(secret)
  expect(await readFile(join(folder, 'gc-report/logs/talker.agent.log'), 'utf8')).toMatch(
    /^a harmless line\n.*<removed>.*\npassword=<removed>\n$/,
  )
  for (const file of ['sessions.json', 'cluster/pods.json', 'cluster/events.json', 'cluster/secrets.json']) {
    expect(JSON.parse(await readFile(join(folder, 'gc-report', file), 'utf8')).length, file).toBeGreaterThan(0)
  }
})
