import { ClusterError, SessionNotFound } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import { gc, Sink } from '../support/gc.ts'
import { MemorySessions } from '../support/memory-sessions.ts'

function withMayor() {
  const sessions = new MemorySessions()
  return { sessions, mayor: sessions.add('mayor') }
}

test('peek prints the last lines', async () => {
  const { sessions, mayor } = withMayor()
  mayor.pane = 'one\ntwo\nthree\n'
  expect((await gc(['peek', 'mayor'], { sessions })).stdout).toBe('one\ntwo\nthree\n')
  expect((await gc(['peek', 'mayor', '--lines', '1'], { sessions })).stdout).toBe('three\n')
})

test('following on a pipe gives each line once, and ends with the session', async () => {
  const { sessions, mayor } = withMayor()
  const stdout = new Sink()
  mayor.pane = 'one\ntw'
  const following = gc(['peek', 'mayor', '--follow'], { sessions, stdout })
  await expect.poll(() => stdout.text).toBe('one\n')
  mayor.pane = 'one\ntwo\nthree'
  await expect.poll(() => stdout.text).toBe('one\ntwo\n')
  sessions.sessions.delete('mayor')
  mayor.end()
  expect(await following).toMatchObject({ code: 0, stdout: 'one\ntwo\nthree\n', stderr: 'Session mayor has ended.\n' })
})

test('following on a terminal repaints, and leaves the last pane behind', async () => {
  const { sessions, mayor } = withMayor()
  const stdout = Object.assign(new Sink(), { isTTY: true, columns: 5, rows: 2 })
  mayor.pane = 'first\nsecond line\n'
  const following = gc(['peek', 'mayor', '-f'], { sessions, stdout })
  await expect.poll(() => stdout.text).toContain('\x1b[H\x1b[2Kfirst\r\n\x1b[2Ksecond line\x1b[?2026l')
  sessions.sessions.delete('mayor')
  mayor.end()
  await following
  expect(stdout.text.startsWith('\x1b[?1049h')).toBe(true)
  expect(stdout.text.endsWith('\x1b[?1049lfirst\nsecond line\n')).toBe(true)
})

test('a stream that is lost while the session goes on is opened again', async () => {
  const { sessions, mayor } = withMayor()
  const stdout = new Sink()
  mayor.pane = 'one\ntwo\n'
  const following = gc(['peek', 'mayor', '--follow'], { sessions, stdout })
  await expect.poll(() => stdout.text).toBe('one\n')
  const again = sessions.add('mayor')
  again.pane = 'one\ntwo\nthree\n'
  mayor.end()
  await expect.poll(() => stdout.text).toBe('one\ntwo\n')
  sessions.sessions.delete('mayor')
  again.end()
  expect(await following).toMatchObject({ code: 0, stdout: 'one\ntwo\nthree\n' })
})

test('a cluster that cannot say for a moment whether the session is over is asked again', async () => {
  const { sessions, mayor } = withMayor()
  const answers = [new ClusterError('container not created'), new SessionNotFound('mayor')]
  const open = sessions.provider.open.bind(sessions.provider)
  const stdout = new Sink()
  const following = gc(['peek', 'mayor', '--follow'], { sessions, stdout })
  mayor.pane = 'one\ntwo\n'
  await expect.poll(() => stdout.text).toBe('one\n')
  sessions.provider.open = async (name) => {
    const error = answers.shift()
    if (error !== undefined) throw error
    return await open(name)
  }
  mayor.end()
  expect(await following).toMatchObject({ code: 0, stderr: 'Session mayor has ended.\n' })
  expect(answers).toEqual([])
})

test('a session that does not run cannot be followed', async () => {
  const { code, stderr } = await gc(['peek', 'nobody', '--follow'])
  expect({ code, stderr: stderr.split('\n')[0] }).toEqual({ code: 1, stderr: 'error: session "nobody" is not running' })
})

test('an interrupted follow exits as a shell says it', async () => {
  const { Interruption } = await import('../../src/interruption.ts')
  const { sessions } = withMayor()
  const abort = new AbortController()
  const stdout = new Sink()
  const following = gc(['peek', 'mayor', '--follow'], { sessions, stdout, signal: abort.signal })
  await expect.poll(() => sessions.closed).toBe(false)
  abort.abort(Interruption.bySignal('SIGINT'))
  expect(await following).toMatchObject({ code: 130, stderr: '' })
})
