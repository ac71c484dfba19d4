import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { type RunBeside, spawnBeside } from '../../src/run/spawn.ts'
import { test as base } from '../support/local-tmux.ts'

const test = base.extend<{ run: RunBeside }>({
  run: async ({ local }, use) => {
    await use((_session, command, options) => local.transport(command, options))
  },
})

test("outputs are apart, whole and byte for byte, and the exit code is the command's", async ({ run }) => {
  const command = await spawnBeside(run, 'main', ['sh', '-c', 'cat; printf "\\377\\nerr" >&2; exit 7'], {})
  command.stdin.end(Buffer.from([0, 255, 10]))
  const [stdout, stderr] = await Promise.all([buffer(command.stdout), buffer(command.stderr)])
  expect(stdout).toEqual(Buffer.from([0, 255, 10]))
  expect(stderr).toEqual(Buffer.from([255, 10, 101, 114, 114]))
  expect(await command.wait()).toBe(7)
})

test('input that is known is all that the command reads', async ({ run }) => {
  const command = await spawnBeside(run, 'main', ['sh', '-c', 'cat; echo end'], { stdin: 'in ' })
  expect(await text(command.stdout)).toBe('in end\n')
  expect(await command.wait()).toBe(0)
})

test('a command without input is given none', async () => {
  const opened: unknown[] = []
  const none: RunBeside = async (_session, _command, { stdin }) => {
    opened.push(stdin)
    throw new Error('enough')
  }
  await expect(spawnBeside(none, 'main', ['true'], { stdin: '' })).rejects.toThrow('enough')
  await expect(spawnBeside(none, 'main', ['true'], {})).rejects.toThrow('enough')
  expect(opened).toEqual([false, true])
})

test('a command that is not there is exit code 127', async ({ run }) => {
  const command = await spawnBeside(run, 'main', ['no-such-program'], {})
  command.stdout.resume()
  expect(await text(command.stderr)).toContain('not found')
  expect(await command.wait()).toBe(127)
})

test('kill ends the command; the signal does too, and wait rejects with its reason', async ({ run, local }) => {
  const trap = [
    'sh',
    '-c',
    `trap 'echo ended >>${local.folder}/log; exit 3' TERM; echo up; while :; do sleep 0.05; done`,
  ]
  const killed = await spawnBeside(run, 'main', trap, {})
  killed.stderr.resume()
  await new Promise((resolve) => killed.stdout.once('data', resolve))
  await killed.kill()
  expect(await killed.wait()).toBe(3)
  await killed.kill()

  const abort = new AbortController()
  const aborted = await spawnBeside(run, 'main', trap, { signal: abort.signal })
  aborted.stderr.resume()
  await new Promise((resolve) => aborted.stdout.once('data', resolve))
  abort.abort(new Error('enough'))
  await expect(aborted.wait()).rejects.toThrow('enough')
  await expect.poll(() => readFileSync(join(local.folder, 'log'), 'utf8')).toBe('ended\nended\n')
  await expect(spawnBeside(run, 'main', trap, { signal: abort.signal })).rejects.toThrow()
})

test('a reader that does not read holds the command back', async ({ run }) => {
  await using command = await spawnBeside(run, 'main', ['sh', '-c', 'while :; do echo "$PPID" && echo x >&2; done'], {})
  await setTimeout(300)
  expect(command.stdout.readableLength + command.stderr.readableLength).toBeLessThan(300_000)
})

/** Sends both outputs over one connection, on which standard error comes behind a megabyte of standard output. */
const behind: RunBeside = async () => {
  const chunk = Buffer.alloc(65_536, 'x')
  const stderr = new PassThrough()
  const stdout = Readable.from(
    (function* () {
      for (let count = 0; count < 16; count += 1) yield chunk
      stderr.end('123\n')
      yield chunk
    })(),
    { highWaterMark: 1 },
  )
  return { stdin: new PassThrough(), stdout, stderr, exit: new Promise<number>(() => {}), close() {} }
}

test('a flood on standard output cannot keep a command from beginning, and is whole', { timeout: 5000 }, async () => {
  const command = await spawnBeside(behind, 'main', ['x'], {})
  expect((await text(command.stdout)).length).toBe(17 * 65_536)
})

test('a command with a terminal tells on it what it is, is told its size, and is hung up on', async ({ run }) => {
  const asked: unknown[] = []
  const sizes: string[] = []
  const withTerminal: RunBeside = async (session, command, options) => {
    asked.push(options.tty)
    const stream = await run(session, ['sh', '-c', 'exec "$@" 2>&1', 'sh', ...command], options)
    return { ...stream, resize: (columns, rows) => void sizes.push(`${columns}x${rows}`) }
  }
  const script = ['sh', '-c', "trap 'exit 5' HUP; echo up; while :; do sleep 0.05; done"]
  const abort = new AbortController()
  const { signal } = abort
  const command = await spawnBeside(withTerminal, 'main', script, { signal, tty: { columns: 100, rows: 30 } })
  const [first] = await once(command.stdout, 'data')
  expect(String(first)).toBe('up\n')
  command.resize(120, 40)
  expect(sizes).toEqual(['100x30', '120x40'])
  expect(asked).toEqual([true])
  await command.kill('SIGHUP')
  expect(await command.wait()).toBe(5)
  command.resize(1, 1)
  expect(sizes).toHaveLength(2)
})
