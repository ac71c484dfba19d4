import { once } from 'node:events'
import { type MemorySessionProvider, memorySessionProvider } from '@kubectl-gc/session-provider'
import { expect, onTestFinished, test } from 'vitest'
import type { Runtime, Sessions } from '../../src/runtime.ts'
import { top } from '../../src/top/top.ts'
import { Keyboard, Sink } from '../support/gc.ts'

function world(
  provider: MemorySessionProvider,
  env: NodeJS.ProcessEnv = { NO_COLOR: '1' },
  reachServer: (signal: AbortSignal) => Promise<void> = async () => {},
) {
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const stdin = new Keyboard()
  const stdout = Object.assign(new Sink(), { isTTY: true, columns: 80, rows: 24 })
  const runtime = { stdin, stdout, env, now: () => new Date(), signal: abort.signal } as unknown as Runtime
  const sessions = { namespace: 'gc', provider, reachServer } as unknown as Sessions
  return { stdin, stdout, ended: top(sessions, runtime) }
}

test('keys select, nudge and leave; the terminal is put back', async () => {
  await using provider = memorySessionProvider()
  await provider.start('mayor')
  const { stdin, stdout, ended } = world(provider)
  await expect.poll(() => stdout.text).toContain('> mayor')
  stdin.write('\rread this\r')
  await expect.poll(() => provider.terminal('mayor').nudges.map(String)).toEqual(['read this'])
  await expect.poll(() => stdout.text).toContain('nudged mayor')
  stdin.write('q')
  await ended
  expect(stdin.raw).toEqual([true, false])
  expect(stdout.text.endsWith('\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l')).toBe(true)
})

test('a pane that cannot be read says why, and is tried again', async () => {
  await using provider = memorySessionProvider()
  await provider.start('mayor')
  provider.terminal('mayor').print('hello\n')
  const peek = provider.peek.bind(provider) as (...args: unknown[]) => AsyncIterableIterator<string>
  let failures = 0
  Object.assign(provider, {
    peek(...args: unknown[]) {
      if (failures > 0) return peek(...args)
      failures += 1
      throw new Error('away')
    },
  })
  const { stdin, stdout, ended } = world(provider)
  await expect.poll(() => stdout.text).toContain('away')
  await expect.poll(() => stdout.text).toContain('hello')
  stdin.write('\x03')
  await ended
})

test('a nudge that fails is told', async () => {
  await using provider = memorySessionProvider()
  await provider.start('mayor')
  const { stdin, stdout, ended } = world(provider)
  await expect.poll(() => stdout.text).toContain('> mayor')
  Object.assign(provider, { nudge: () => Promise.reject(new Error('no way')) })
  stdin.write('\rhi\r')
  await expect.poll(() => stdout.text).toContain('no way')
  stdin.write('q')
  await ended
})

test.for([
  [{ NO_COLOR: '1' }, '> mayor   Running '],
  [{}, '> mayor   \x1b[32mRunning\x1b[0m\x1b[1m '],
] as [NodeJS.ProcessEnv, string][])('with %j the selected session is shown as %j', async ([env, line]) => {
  await using provider = memorySessionProvider()
  await provider.start('mayor')
  const { stdin, stdout, ended } = world(provider, env)
  await expect.poll(() => stdout.text).toContain(line)
  stdin.write('q')
  await ended
})

test('a list that nobody has confirmed for 5 s is marked as old, until somebody does', {
  timeout: 20_000,
}, async () => {
  await using provider = memorySessionProvider()
  await provider.start('mayor')
  let isThere = true
  const { stdin, stdout, ended } = world(provider, { NO_COLOR: '1' }, async (signal) => {
    if (isThere) return
    await once(signal, 'abort')
    signal.throwIfAborted()
  })
  await expect.poll(() => stdout.text).toContain('1 session  ')
  isThere = false
  await expect.poll(() => stdout.text).toMatch(/1 session, old: as of \d\d:\d\d:\d\d {3}/)
  isThere = true
  const marked = stdout.text.length
  await expect.poll(() => stdout.text.slice(marked)).toContain('1 session  ')
  stdin.write('q')
  await ended
})
