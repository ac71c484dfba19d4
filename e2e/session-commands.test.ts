import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test as base } from './support/test.ts'

const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'gc-session-commands-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
})

test.concurrent('wait and send-keys: a session is waited for, answered, and seen to end', async ({ gc }) => {
  const ask = 'read -rsn1 key; [ "$key" = y ] && echo "now >" && read -r line && exit 7'
  expect((await gc(['start', 'asking', '--', 'bash', '-c', ask])).exitCode).toBe(0)
  expect((await gc(['wait', 'asking', '--for=running'])).stdout).toBe('session/asking condition met\n')
  const early = await gc(['wait', 'asking', '--for=prompt=now', '--timeout=300ms'])
  expect(early).toMatchObject({ exitCode: 1, stdout: '' })
  expect(early.stderr).toMatch(/^error: timed out waiting for the condition on session\/asking\nTry: /)
  const prompted = gc(['wait', 'asking', '--for=prompt=now'])
  expect((await gc(['send-keys', 'asking', 'y'])).stdout).toBe('session/asking keys sent\n')
  expect(await prompted).toMatchObject({ exitCode: 0, stdout: 'session/asking condition met\n' })
  const finished = gc(['wait', '-l', 'gc-session=asking', '--for=finished', '--timeout=60s'])
  await gc(['send-keys', 'asking', 'bye', 'Enter'])
  expect(await finished).toMatchObject({ exitCode: 0, stdout: 'session/asking condition met\n' })
  expect((await gc(['wait', 'asking', '--for=jsonpath={.status.exitCode}=7', '--timeout=0'])).exitCode).toBe(0)
  expect((await gc(['wait', 'asking', '--for=running'])).stderr).toContain('session "asking" has ended: ')
  const gone = gc(['wait', 'asking', '--for=delete'])
  await gc(['stop', 'asking'])
  expect(await gone).toMatchObject({ exitCode: 0 })
  expect((await gc(['wait', 'asking', '--for=running'])).stderr).toContain('session "asking" not found')
})

test.concurrent('restart: the same command, environment and image in a new pod, whether the session runs or has ended', async ({
  expect,
  gc,
  kubectl,
}) => {
  const uid = () => kubectl('get', 'pod', 'again', '-o', 'jsonpath={.metadata.uid}')
  await gc(['start', 'again', '--env', 'WORD=kept', '--', 'sh', '-c', 'echo "$WORD $$"; exec cat'])
  await gc(['meta', 'set', 'again', 'task', 'old'])
  const first = await uid()
  expect(await gc(['restart', 'again'])).toMatchObject({ exitCode: 0, stdout: 'session/again restarted\n' })
  expect(await uid()).not.toBe(first)
  await expect.poll(async () => (await gc(['peek', 'again'])).stdout).toMatch(/^kept \d+\n$/)
  expect((await gc(['meta', 'list', 'again', '-o', 'json'])).stdout).toBe('{}\n')
  await gc(['send-keys', 'again', 'C-d'])
  expect((await gc(['wait', 'again', '--for=finished'])).exitCode).toBe(0)
  expect((await gc(['restart', 'again'])).exitCode).toBe(0)
  await expect.poll(async () => (await gc(['peek', 'again'])).stdout).toMatch(/^kept \d+\n$/)
  const missing = await gc(['restart', 'nobody'])
  expect(missing).toMatchObject({ exitCode: 1, stdout: '' })
  expect(missing.stderr).toContain('session "nobody" is not running')
  await gc(['stop', 'again', '--grace-period', '0'])
})

test.concurrent('cp: files and folders go in and come out as they are', async ({ gc, folder }) => {
  await gc(['start', 'copies', '--', 'cat'])
  const bytes = randomBytes(3_000_000)
  await mkdir(join(folder, 'tree', 'below'), { recursive: true })
  await writeFile(join(folder, 'tree', 'below', 'bytes'), bytes)
  await writeFile(join(folder, 'tree', 'run'), '#!/bin/sh\n')
  await chmod(join(folder, 'tree', 'run'), 0o755)
  const copy = async (...args: string[]) =>
    expect(await gc(['cp', ...args])).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  await copy(join(folder, 'tree'), 'copies:/tmp')
  await copy(join(folder, 'tree', 'run'), 'copies:bin/renamed')
  expect((await gc(['exec', 'copies', '--', 'stat', '-c', '%a %s', '/tmp/tree/run', 'bin/renamed'])).stdout).toBe(
    '755 10\n755 10\n',
  )
  await copy('copies:/tmp/tree', join(folder, 'back'))
  expect((await readdir(join(folder, 'back'))).sort()).toEqual(['below', 'run'])
  expect((await readFile(join(folder, 'back', 'below', 'bytes'))).equals(bytes)).toBe(true)
  await copy('copies:bin/renamed', folder)
  expect((await stat(join(folder, 'renamed'))).mode & 0o777).toBe(0o755)
  const refused: [string[], string][] = [
    [['copies:/no/such', folder], 'session "copies" has no "/no/such"'],
    [[join(folder, 'none'), 'copies:/tmp'], 'to copy'],
    [['copies:/tmp', 'copies:/var'], 'one of source and target must be SESSION:PATH'],
    [['nobody:/tmp', folder], 'session "nobody" is not running'],
    [[join(folder, 'renamed'), 'copies:/proc/x'], 'tar in the session'],
  ]
  for (const [args, why] of refused) {
    const { exitCode, stdout, stderr } = await gc(['cp', ...args])
    expect({ exitCode, stdout, args }).toEqual({ exitCode: 1, stdout: '', args })
    expect(stderr).toContain(why)
    expect(stderr).toMatch(/^error: /)
  }
  const stopped = await gc(['stop', '-l', 'gc-session=copies', '--grace-period', '0'])
  expect(stopped).toEqual({ exitCode: 0, stdout: 'session/copies stopped\n', stderr: '' })
})

test.concurrent('exec passes on what comes while the command runs, and its exit code', async ({
  expect,
  gc,
  namespace,
}) => {
  await gc(['start', 'beside', '--', 'cat'])
  const shell = spawn('kubectl', ['gc', 'exec', 'beside', '-i', '-n', namespace, '--', 'sh'])
  const exit = once(shell, 'close')
  let output = ''
  shell.stdout.on('data', (chunk: Buffer) => {
    output += chunk
  })
  shell.stdin.write('echo $((6 * 7)); pwd\n')
  await expect.poll(() => output).toBe('42\n/workspace\n')
  shell.stdin.write('exit 9\n')
  expect(await exit).toEqual([9, null])
  const fed = await gc(['exec', 'beside', '--stdin', '--', 'sha1sum'], { stdin: 'x'.repeat(2_000_000) })
  expect(fed).toEqual({
    exitCode: 0,
    stdout: `${createHash('sha1').update('x'.repeat(2_000_000)).digest('hex')}  -\n`,
    stderr: '',
  })
  const cut = spawn('kubectl', ['gc', 'exec', 'beside', '-n', namespace, '--', 'sh', '-c', 'echo up; exec sleep 600'])
  const interrupted = once(cut, 'close')
  await once(cut.stdout, 'data')
  cut.kill('SIGINT')
  expect(await interrupted).toEqual([130, null])
  await expect.poll(async () => (await gc(['exec', 'beside', '--', 'pgrep', '-x', 'sleep'])).stdout).toBe('')
  await gc(['stop', 'beside', '--grace-period', '0'])
})

test.concurrent('logs: a part of what was printed, by time and by size, as kubectl has it', async ({
  expect,
  gc,
  kubectl,
}) => {
  await gc(['start', 'logged', '--', 'sh', '-c', 'echo first; read line; echo last; exec cat'])
  await gc(['nudge', 'logged', 'go'])
  await expect.poll(async () => (await gc(['logs', 'logged', '--tail', '1'])).stdout).toMatch(/^last\r?\n$/)
  const timed = await kubectl('logs', 'logged', '--timestamps')
  expect(timed).toMatch(/^\d{4}-\S+Z first\r?\n/)
  expect((await gc(['logs', 'logged', '--timestamps', '--since', '1h'])).stdout).toBe(timed)
  const since = (time: string) => gc(['logs', 'logged', `--since-time=${time}`])
  expect(await since('2000-01-01T00:00:00Z')).toMatchObject({ exitCode: 0, stdout: await kubectl('logs', 'logged') })
  expect(await since('2100-01-01T00:00:00Z')).toMatchObject({ exitCode: 0, stdout: '' })
  expect((await gc(['logs', 'logged', '--limit-bytes', '3'])).stdout).toBe('fir')
  expect(await gc(['logs', 'logged', '-p'])).toMatchObject({
    ...{ exitCode: 1, stdout: '' },
    stderr: expect.stringContaining('it has no earlier log\nTry: '),
  })
  await gc(['stop', 'logged', '--grace-period', '0'])
})
