import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { gc, Keyboard, Sink } from '../support/gc.ts'
import { MemorySessions } from '../support/memory-sessions.ts'

const WARNING = 'Unable to use a TTY - input is not a terminal or the right kind of file\n'

function world() {
  const sessions = new MemorySessions()
  sessions.add('mayor')
  const stdout = Object.assign(new Sink(), { isTTY: true, columns: 80, rows: 24 })
  return { sessions, stdout, stdin: new Keyboard() }
}

test.for([['-it'], ['-i', '-t'], ['--stdin', '--tty']])('exec %j gives the command this terminal', async (flags) => {
  const { sessions, stdin, stdout } = world()
  const running = gc(['exec', 'mayor', ...flags, '--', 'vi'], { sessions, stdin, stdout })
  stdin.write(':q')
  await expect.poll(() => stdout.text).toContain(':q')
  expect(stdin.raw).toEqual([true])
  Object.assign(stdout, { columns: 100, rows: 30 }).emit('resize')
  stdin.end()
  expect(await running).toMatchObject({ code: 7, stderr: '' })
  expect(sessions.execs).toEqual([['vi']])
  expect(sessions.sizes).toEqual(['at first 80x24', '80x24', '100x30'])
  expect(stdin.raw).toEqual([true, false])
  stdout.emit('resize')
  expect(sessions.sizes).toHaveLength(3)
})

test('without a terminal here the command gets none, and its input all the same', async () => {
  const { sessions } = world()
  const result = await gc(['exec', 'mayor', '-it', '--', 'cat'], {
    sessions,
    stdin: Readable.from([Buffer.from('in')]),
  })
  expect(result).toMatchObject({ code: 7, stdout: 'in', stderr: `${WARNING}err\n` })
  expect(sessions.sizes).toEqual([])
})

test('-t alone is nothing, as for kubectl: the command reads nothing', async () => {
  const { sessions, stdin, stdout } = world()
  const result = await gc(['exec', 'mayor', '-t', '--', 'ls'], { sessions, stdin, stdout })
  expect(result).toMatchObject({ code: 7, stdout: 'out\n', stderr: 'err\n' })
  expect([sessions.sizes, stdin.raw]).toEqual([[], []])
})

test('the terminal is put back when the connection is cut, and is never touched where there is no session', async () => {
  const { sessions, stdin, stdout } = world()
  const spawn = sessions.provider.spawn.bind(sessions.provider)
  sessions.provider.spawn = async (...call) => {
    const running = await spawn(...call)
    running.stdout.destroy()
    return { ...running, wait: () => Promise.reject(new Error('cut')) }
  }
  const cut = await gc(['exec', 'mayor', '-it', '--', 'vi'], { sessions, stdin, stdout })
  expect(cut).toMatchObject({ code: 1, stderr: expect.stringContaining('cut') })
  expect(stdin.raw).toEqual([true, false])
  expect(stdout.text).toContain('\x1b[?1049l')
  expect(await gc(['exec', 'nobody', '-it', '--', 'vi'], { sessions, stdin, stdout })).toMatchObject({ code: 1 })
  expect(stdin.raw).toEqual([true, false])
})
