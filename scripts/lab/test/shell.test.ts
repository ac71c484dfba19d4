import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CommandFailed } from '../errors.ts'
import { Shell } from '../shell.ts'

async function logged(): Promise<Shell> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-shell-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return new Shell(join(folder, 'log'))
}

test('a failed command is told with its words, the end of its output and the log that has all of it', async () => {
  const shell = await logged()
  const failure = await shell.run('sh', ['-c', 'seq 30; echo broken >&2; exit 3']).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(CommandFailed)
  const { message } = failure as CommandFailed
  expect(message).toContain("sh -c 'seq 30; echo broken >&2; exit 3': exit code 3")
  expect(message).toContain('30\nbroken')
  expect(message).not.toContain('\n10\n')
  expect(message).toContain(String(shell.log))
  expect(await readFile(String(shell.log), 'utf8')).toContain('\n10\n')
})

test('a program that is not there is a failed command too', async () => {
  await expect(new Shell().run('no-such-program', [])).rejects.toThrow('no-such-program is not on PATH; install it')
})

test('a pipe fails when its first half does, though the second is content', async () => {
  await expect(new Shell().pipe(['sh', '-c', 'echo part; exit 7'], ['cat'])).rejects.toThrow('exit code 7')
})

test('a pipe fails with the second half, which is why the first could not go on', async () => {
  await expect(new Shell().pipe(['yes'], ['sh', '-c', 'echo full >&2; exit 9'])).rejects.toThrow(/exit code 9\nfull/)
})

test('a command that takes too long is killed', async () => {
  await expect(new Shell().run('sleep', ['60'], { timeout: 50 })).rejects.toThrow('killed by SIGKILL')
})
