import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { applySessions } from './support/dolt.ts'
import { environment, run, succeed } from './support/run.ts'
import { openTerminal } from './support/terminal.ts'

const namespace = `e2e-dolt-${randomBytes(4).toString('hex')}`
const kubectl = (...args: string[]) => succeed('kubectl', ['--namespace', namespace, ...args])
const dolt = (args: string[], stdin?: string) =>
  run('kubectl', ['gc', '--namespace', namespace, 'dolt', ...args], { stdin })
const csv = ['--', '--result-format', 'csv']

/** A query that must succeed; its answer as CSV, without the heading. */
async function sql(query: string): Promise<string> {
  const args = ['gc', 'dolt', 'sql', '--namespace', namespace, '--execute', query, ...csv]
  return (await succeed('kubectl', args)).replace(/^[^\n]*\n/, '')
}

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dolt-'))
  await applySessions(namespace, [])
})

afterAll(async () => {
  await rm(folder, { recursive: true })
  await succeed('kubectl', ['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false'])
})

test('sql takes queries from a flag, from standard input and at a terminal', async () => {
  const schema = 'CREATE DATABASE town; USE town; CREATE TABLE t (id INT PRIMARY KEY, name TEXT);'
  expect(await dolt(['sql'], `${schema} INSERT INTO t VALUES (1, 'mayor');`)).toMatchObject({ exitCode: 0, stderr: '' })
  const row = await dolt(['sql', '--database', 'town', '-e', 'SELECT name FROM t', ...csv])
  expect(row).toEqual({ exitCode: 0, stdout: 'name\nmayor\n', stderr: '' })
  const wrong = await dolt(['sql', '--execute', 'SELEC 1'])
  expect(wrong).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('syntax error') })

  using terminal = openTerminal('kubectl', ['gc', 'dolt', 'sql', '--namespace', namespace], { columns: 100 })
  await expect.poll(() => terminal.screen()).toMatch(/>\s*$/)
  terminal.type('SELECT name FROM town.t;\r')
  await expect.poll(() => terminal.screen()).toContain('| mayor |')
  terminal.type('exit\r')
  expect(await terminal.exitCode).toBe(0)
})

test('a backup in a file brings back what was dropped, verified', async () => {
  await sql(`CREATE DATABASE \`it's\`; USE town; CALL DOLT_COMMIT('-Am', 'one'); CALL DOLT_BRANCH('other')`)
  await sql(`USE town; INSERT INTO t VALUES (2, 'coder')`)
  const file = join(folder, 'town.tar')
  const written = await dolt(['backup', '--output', file])
  expect(written).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/town.tar written: it's, town; .* KiB\n$/),
  })
  const streamed = spawn('kubectl', ['gc', 'dolt', 'backup', '--output', '-', '--namespace', namespace])
  const listed = spawn('tar', ['t'], { stdio: [streamed.stdout, 'ignore', 'inherit'] })
  expect(await once(listed, 'exit')).toEqual([0, null])

  const refused = await dolt(['restore', file, '--yes'])
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('database "town" in namespace') })
  const unasked = await dolt(['restore', file, '--force'])
  expect(unasked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('there is no terminal to ask at') })

  await sql('DROP DATABASE town')
  const question = ['gc', 'dolt', 'restore', file, '--database', 'town', '--namespace', namespace]
  using hesitant = openTerminal('kubectl', question, { columns: 200 })
  await expect.poll(() => hesitant.screen()).toContain(`into Dolt in namespace ${namespace}? [y/N]`)
  hesitant.type('n\r')
  expect(await hesitant.exitCode).toBe(1)
  using sure = openTerminal('kubectl', question, { columns: 200 })
  await expect.poll(() => sure.screen()).toContain('[y/N]')
  sure.type('y\r')
  expect(await sure.exitCode).toBe(0)
  expect(sure.screen()).toContain('database/town restored and verified')
  expect(await sql('SELECT name FROM town.t; SELECT name FROM town.dolt_branches')).toBe(
    'mayor\ncoder\nname\nmain\nother\n',
  )

  await sql('USE town; DELETE FROM t')
  const forced = await dolt(['restore', file, '--force', '--yes'])
  expect(forced).toMatchObject({
    exitCode: 0,
    stdout: "database/it's restored and verified\ndatabase/town restored and verified\n",
  })
  expect(await sql('SELECT COUNT(*) FROM town.t')).toBe('2\n')
})

test('a damaged file changes nothing', async () => {
  const whole = await readFile(join(folder, 'town.tar'))
  const cut = join(folder, 'cut.tar')
  await writeFile(cut, whole.subarray(0, whole.length / 2))
  const flipped = join(folder, 'flipped.tar')
  const at = whole.indexOf('.darc') + 1200
  await writeFile(flipped, whole.with(at, (whole[at] ?? 0) ^ 1))
  for (const file of [cut, flipped]) {
    const { exitCode, stderr } = await dolt(['restore', file, '--force', '--yes'])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('damaged or incomplete; nothing'),
    })
  }
  expect(await sql('SELECT COUNT(*) FROM town.t')).toBe('2\n')
})

test('what Dolt refuses leaves the database as it was', async () => {
  const content = await mkdtemp(join(folder, 'content-'))
  const index = { format: 1, createdAt: '2026-01-01T00:00:00Z', databases: ['town'] }
  await writeFile(join(content, 'gc-dolt-backup.json'), JSON.stringify(index))
  await mkdir(join(content, '0'))
  await writeFile(join(content, '0', 'manifest'), 'no manifest')
  const sums = await succeed('sh', ['-c', 'cd "$0" && find . -type f -exec sha256sum {} +', content])
  await writeFile(join(content, 'SHA256SUMS'), sums)
  const file = join(folder, 'refused.tar')
  await succeed('tar', ['-C', content, '-cf', file, 'gc-dolt-backup.json', '0', 'SHA256SUMS'])
  const refused = await dolt(['restore', file, '--force', '--yes'])
  expect(refused).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('town is as it was before'),
  })
  expect(await sql('SELECT COUNT(*) FROM town.t; SELECT COUNT(*) FROM town.dolt_branches')).toBe('2\nCOUNT(*)\n2\n')
})

/** How a backup ends that is cut once it has begun, and has left nothing; one that is done before that is made again. */
async function cutShort(cut: (child: ChildProcess) => Promise<unknown>) {
  for (;;) {
    await expect.poll(async () => (await dolt(['sql', '--execute', 'SELECT 1'])).exitCode).toBe(0)
    const into = await mkdtemp(join(folder, 'begun-'))
    const args = ['gc', 'dolt', 'backup', '--output', join(into, 'town.tar'), '--namespace', namespace]
    const child = spawn('kubectl', args, { env: { ...process.env, ...environment } })
    onTestFinished(() => void child.kill('SIGKILL'))
    const stderr = text(child.stderr)
    const ended = once(child, 'close')
    await expect.poll(() => readdir(into), { interval: 5 }).toHaveLength(1)
    await cut(child)
    const [exitCode] = await ended
    if (exitCode === 0) continue
    expect(await readdir(into)).toEqual([])
    return { exitCode, stderr: await stderr }
  }
}

test('a backup that is cut leaves no file, here or there', { timeout: 300_000 }, async () => {
  const interrupted = await cutShort(async (child) => child.kill('SIGINT'))
  expect(interrupted.exitCode).toBe(130)
  const kept = () => kubectl('exec', 'dolt-0', '-c', 'dolt', '--', 'find', '/tmp', '-name', '.gc-work-*')
  await expect.poll(kept).toBe('')

  const cut = await cutShort(() => kubectl('delete', 'pod', 'dolt-0', '--grace-period=0', '--force', '--wait=false'))
  expect(cut.exitCode).toBe(1)
  expect(cut.stderr).toMatch(/^(error|Error from server \(\w+\)): /m)
  const meanwhile = await dolt(['sql', '--execute', 'SELECT 1'])
  if (meanwhile.exitCode !== 0)
    expect(meanwhile.stderr).toMatch(/^error: (the Dolt server in namespace .* is not ready|there is no Dolt)/)
})

test.for([
  ['sql', '--execute', 'SELECT 1'],
  ['forward', '--port', '0'],
  ['backup', '--output', '/tmp/never.tar'],
])('%s says where there is no Dolt, and what installs it', async (args) => {
  const elsewhere = await run('kubectl', ['gc', 'dolt', ...args, '--namespace', 'default'])
  expect(elsewhere).toMatchObject({ exitCode: 1, stdout: '' })
  expect(elsewhere.stderr).toMatch(
    /^error: there is no Dolt in namespace default; there is one in .*\nTry: .*--namespace/,
  )
})
