import { expect } from 'vitest'
import { test } from './support/test.ts'

const small = ['--cpu-request', '10m', '--memory-request', '32Mi']

test('an agent reaches Dolt by its service name, and a row outlives the pod of Dolt', async ({
  gc,
  kubectl,
  namespace,
  provider,
}) => {
  const installed = await gc(['install', ...small])
  expect(installed).toMatchObject({ exitCode: 0 })
  const again = await gc(['install', ...small])
  expect(again).toMatchObject({ exitCode: 0 })
  expect(again.stdout).not.toMatch(/created|configured/)

  await using session = await provider.start('writer', { command: 'sh' })
  const host = (await provider.exec(session.name, ['sh', '-c', 'echo $GC_DOLT_HOST $GC_DOLT_PORT'])).stdout.toString()
  expect(host).toBe(`dolt.${namespace}.svc.cluster.local 3307\n`)
  const greeting = await provider.exec(session.name, [
    'bash',
    '-c',
    'exec 3<>/dev/tcp/$GC_DOLT_HOST/$GC_DOLT_PORT; head -c 5 <&3 | wc -c',
  ])
  expect(greeting.stdout.toString().trim()).toBe('5')

  await sql(
    'CREATE DATABASE town; USE town; CREATE TABLE beads (id INT PRIMARY KEY, title TEXT); INSERT INTO beads VALUES (1, "first")',
  )
  await kubectl('delete', 'pod', '-l', 'app=dolt', '--wait')
  await kubectl('wait', '--for=condition=Ready', 'pod', '-l', 'app=dolt', '--timeout=90s')
  expect(await sql('SELECT title FROM town.beads WHERE id = 1')).toContain('first')

  /** From a pod of its own, through the service, as the root user. */
  async function sql(query: string): Promise<string> {
    const name = `sql-${Math.random().toString(36).slice(2, 8)}`
    const address = ['--host', `dolt.${namespace}.svc.cluster.local`, '--port', '3307', '--user', 'root', '--no-tls']
    const command = ['dolt', ...address, 'sql', '-q', query]
    await kubectl('run', name, '--image=dolthub/dolt:latest', '--restart=Never', '--', ...command)
    await kubectl('wait', '--for=jsonpath={.status.phase}=Succeeded', `pod/${name}`, '--timeout=60s')
    return kubectl('logs', name)
  }
})

test('uninstall keeps the data and names it; with --delete-data nothing is left', async ({
  gc,
  kubectl,
  namespace,
}) => {
  const kept = await gc(['uninstall'])
  expect(kept).toMatchObject({ exitCode: 0 })
  expect(kept.stdout + kept.stderr).toContain('dolt-data-dolt-0')
  expect(await kubectl('get', 'pvc', '-o', 'name')).toContain('dolt-data-dolt-0')
  expect(await kubectl('get', 'statefulset,service', '-o', 'name')).toBe('')
  expect(await gc(['uninstall', '--delete-data'])).toMatchObject({ exitCode: 0 })
  expect(await kubectl('get', 'namespace', namespace, '--ignore-not-found', '-o', 'name')).toBe('')
  await kubectl('create', 'namespace', namespace)
})
