import { randomBytes } from 'node:crypto'
import type { Connection } from 'mysql2/promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applySessions, connectTo, type Forward, forward, killServer } from './support/dolt.ts'
import { run, succeed } from './support/run.ts'

const FULL = process.env.KUBECTL_GC_TEST_FULL !== undefined
const namespace = `e2e-dolt-${randomBytes(4).toString('hex')}`
// Who kills the server does it from its node.
const values = ['backups.enabled=true', 'podSecurity=privileged']
const kubectl = (...args: string[]) => succeed('kubectl', ['--namespace', namespace, ...args])
const gc = (...args: string[]) => run('kubectl', ['gc', ...args, '--namespace', namespace])

let dolt: Forward

beforeAll(async () => {
  await applySessions(namespace, values)
  dolt = await forward(namespace)
})

afterAll(async () => {
  await dolt?.[Symbol.asyncDispose]()
  await succeed('kubectl', ['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false'])
})

/** Rows of a query with one column. */
async function column(query: string): Promise<unknown[]> {
  const connection = await connectTo(dolt)
  try {
    const [rows] = await connection.query({ sql: query, rowsAsArray: true })
    return (rows as unknown[][]).map(([value]) => value)
  } finally {
    await connection.end()
  }
}

/** Seconds after which a probe would have failed three times. */
const PROBED = 45

test('as many connections as the server allows, at once, are all answered, and none makes it unready', {
  timeout: 180_000,
}, async () => {
  const count = FULL ? 500 : 50
  const connections: Connection[] = []
  try {
    const answers = Array.from({ length: count }, async (_, index) => {
      const connection = await connectTo(dolt)
      connections.push(connection)
      const [rows] = await connection.query({ sql: 'SELECT ?, @@max_connections', rowsAsArray: true }, [index])
      return (rows as unknown[][])[0]
    })
    expect(await Promise.all(answers)).toEqual(Array.from({ length: count }, (_, index) => [index, 500]))
    if (FULL) {
      const watched = await run('kubectl', [
        ...['--namespace', namespace, 'wait', 'pod/dolt-0'],
        ...['--for=condition=Ready=false', `--timeout=${PROBED}s`],
      ])
      expect(watched.stderr).toContain('timed out')
    }
    const again = await Promise.all(connections.map((connection) => connection.query('SELECT 1')))
    expect(again).toHaveLength(count)
  } finally {
    for (const connection of connections) connection.destroy()
  }
})

interface Writes {
  acknowledged: number[]
  /** How many connections were lost. */
  cuts: number
}

/** Inserts one row after the other, over a new connection when one is lost. What is not acknowledged is not repeated. */
async function write(first: number, ended: AbortSignal, writes: Writes): Promise<void> {
  for (let id = first; !ended.aborted; id += 1) {
    const connection = await connectTo(dolt, 'town').catch(() => undefined)
    try {
      for (; connection !== undefined && !ended.aborted; id += 1) {
        await connection.execute('INSERT INTO written VALUES (?)', [id])
        writes.acknowledged.push(id)
      }
    } catch {
      writes.cuts += 1
    } finally {
      connection?.destroy()
    }
  }
}

test('no acknowledged row is lost when the pod is replaced and the server killed, under write load', {
  timeout: 300_000,
}, async () => {
  const setUp = await connectTo(dolt)
  await setUp.query('CREATE DATABASE town')
  await setUp.query('CREATE TABLE town.written (id INT PRIMARY KEY)')
  await setUp.end()
  const ended = new AbortController()
  const writes: Writes = { acknowledged: [], cuts: 0 }
  const writers = [1, 2, 3, 4].map((writer) => write(writer * 1_000_000, ended.signal, writes))
  const more = async () => {
    const goal = writes.acknowledged.length + (FULL ? 1000 : 100)
    await expect.poll(() => writes.acknowledged.length, { timeout: 120_000 }).toBeGreaterThan(goal)
  }
  try {
    await more()
    await kubectl('delete', 'pod', 'dolt-0')
    await more()
    expect(writes.cuts).toBeGreaterThan(0)
    const before = writes.cuts
    await killServer(namespace)
    await more()
    expect(writes.cuts).toBeGreaterThan(before)
  } finally {
    ended.abort()
    await Promise.all(writers)
  }
  const count = 'jsonpath={.status.containerStatuses[0].restartCount}'
  await expect.poll(() => kubectl('get', 'pod', 'dolt-0', '-o', count)).toBe('1')
  const there = new Set(await column('SELECT id FROM town.written'))
  expect(writes.acknowledged.filter((id) => !there.has(id))).toEqual([])
})

test('an upgrade keeps the data', async () => {
  const before = await column('SELECT COUNT(*) FROM town.written')
  const old = await kubectl('get', 'pod', 'dolt-0', '-o', 'jsonpath={.metadata.uid}')
  await applySessions(namespace, [...values, 'dolt.image=dolthub/dolt:latest', 'dolt.limits.memory=3Gi'])
  expect(await kubectl('get', 'pod', 'dolt-0', '-o', 'jsonpath={.metadata.uid}')).not.toBe(old)
  expect(await column('SELECT COUNT(*) FROM town.written')).toEqual(before)
})

test('a scheduled backup brings back what was dropped, by the command for that', async () => {
  const before = await column('SELECT COUNT(*) FROM town.written')
  const odd = `it's "my", town`
  const connection = await connectTo(dolt)
  await connection.query(`CREATE DATABASE \`${odd}\``)
  await connection.query(`CREATE TABLE \`${odd}\`.t (id INT PRIMARY KEY)`)
  const backedUp = await gc('dolt', 'backup')
  expect(backedUp).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('town is in file:///backups/') })
  await connection.query('DROP DATABASE town')
  await connection.query(`DROP DATABASE \`${odd}\``)
  await connection.end()
  const restored = await gc('dolt', 'restore', '--scheduled', '--yes')
  expect(restored).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('database/town restored\n') })
  expect(await column('SELECT COUNT(*) FROM town.written')).toEqual(before)
  expect(await column(`SHOW TABLES FROM \`${odd}\``)).toEqual(['t'])

  const early = await gc('dolt', 'restore', '--scheduled', '--before', '2020-01-01T00:00:00Z', '--yes')
  expect(early).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(
      /no scheduled backup from before 2020.*\nTry: the oldest is of 20.*: a later --before/,
    ),
  })

  // So that it goes with an installation, and is counted among those that the schedule keeps.
  const owner = 'jsonpath={.items[*].metadata.ownerReferences[?(@.controller)].name}'
  expect(await kubectl('get', 'jobs', '-l', 'app=dolt-backup', '-o', owner)).toBe('dolt-backup')
})
