import { randomBytes } from 'node:crypto'
import { kubernetesSessionProvider } from '@kubectl-gc/session-provider'
import { afterAll, expect, test } from 'vitest'
import { environment, run, succeed } from './support/run.ts'

const namespace = `e2e-${randomBytes(4).toString('hex')}`
const small = ['--cpu-request', '10m', '--memory-request', '32Mi']
const gc = (...args: string[]) => run('kubectl', ['gc', ...args, '--namespace', namespace])
const kubectl = (...args: string[]) => succeed('kubectl', ['--namespace', namespace, ...args])

afterAll(async () => {
  await succeed('kubectl', ['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false'])
})

/**
 * From a pod of its own, through the service, as the root user. Again until it is served, as every client of a server
 * that may move does: the node's rules for a service follow its pods after a while.
 */
async function sql(query: string): Promise<string> {
  const name = `sql-${randomBytes(4).toString('hex')}`
  const address = [
    '--host',
    `dolt.${namespace}.svc.cluster.local`,
    '--port',
    '3307',
    '--user',
    'root',
    '--password',
    '',
    '--no-tls',
  ]
  const command = [...address, 'sql', '-q', query]
  await kubectl('run', name, '--image=dolthub/dolt:latest', '--restart=OnFailure', '--', ...command)
  await kubectl('wait', '--for=jsonpath={.status.phase}=Succeeded', `pod/${name}`, '--timeout=90s')
  return kubectl('logs', name)
}

test('install is repeatable: the second time it changes nothing', async () => {
  expect(await gc('install', ...small)).toMatchObject({ exitCode: 0 })
  const again = await gc('install', ...small)
  expect(again).toMatchObject({ exitCode: 0 })
  expect(again.stdout).not.toMatch(/created|configured/)
})

test('an agent reaches Dolt by its service name, and a row outlives the pod of Dolt', {
  timeout: 300_000,
}, async () => {
  await using provider = await kubernetesSessionProvider({ namespace, env: { ...process.env, ...environment } })
  await using agent = await provider.start('writer', { command: 'sh' })
  const host = await provider.exec(agent.name, ['sh', '-c', 'echo $GC_DOLT_HOST $GC_DOLT_PORT'])
  expect(host.stdout.toString()).toBe(`dolt.${namespace}.svc.cluster.local 3307\n`)
  // a MySQL server speaks first: four bytes of header, then its protocol's version, 10
  const greet = 'exec 3<>/dev/tcp/$GC_DOLT_HOST/$GC_DOLT_PORT; head -c 5 <&3 | tail -c 1 | od -An -tu1'
  const greeting = async () => (await provider.exec(agent.name, ['bash', '-c', greet])).stdout.toString().trim()
  await expect.poll(greeting).toBe('10')

  await sql(
    'CREATE DATABASE town; USE town; CREATE TABLE beads (id INT PRIMARY KEY, title TEXT); INSERT INTO beads VALUES (1, "first")',
  )
  await kubectl('delete', 'pod', '-l', 'app=dolt', '--wait')
  await expect.poll(() => kubectl('get', 'pods', '-l', 'app=dolt', '-o', 'name')).not.toBe('')
  await kubectl('wait', '--for=condition=Ready', 'pod', '-l', 'app=dolt', '--timeout=90s')
  expect(await sql('SELECT title FROM town.beads WHERE id = 1')).toContain('first')
  await kubectl('delete', 'pods', '-l', 'run', '--wait')
  await provider.stop('writer')
})

test('uninstall keeps the data and names it; with --delete-data nothing is left', async () => {
  const kept = await gc('uninstall')
  expect(kept).toMatchObject({ exitCode: 0 })
  expect(kept.stdout + kept.stderr).toContain('dolt-data-dolt-0')
  expect(await kubectl('get', 'pvc', '-o', 'name')).toContain('dolt-data-dolt-0')
  expect(await kubectl('get', 'statefulset,service', '-o', 'name')).toBe('')
  const removed = await gc('uninstall', '--delete-data')
  expect(removed).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('kept') })
  expect(await succeed('kubectl', ['get', 'namespace', namespace, '--ignore-not-found', '-o', 'name'])).toBe('')
})
