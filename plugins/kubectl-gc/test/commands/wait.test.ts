import { OutcomeUnknown, SessionNotFound } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import { Interruption } from '../../src/interruption.ts'
import { gc } from '../support/gc.ts'
import { MemorySessions } from '../support/memory-sessions.ts'

function city() {
  const sessions = new MemorySessions()
  sessions.add('starting', { phase: 'Starting', message: 'no node can take its pod' })
  sessions.add('mayor', { labels: { tier: 'back' }, meta: { task: 'done' } }).pane = 'working\n> \n'
  sessions.add('ended', { phase: 'Finished', message: 'the agent ended with exit code 1' })
  return sessions
}
const wait = (argv: string[], sessions = city()) => gc(['wait', ...argv], { sessions })

test.for([
  [['mayor', '--for=running'], 'session/mayor condition met\n'],
  [['mayor', '--for', 'Running', '--timeout', '0'], 'session/mayor condition met\n'],
  [['ended', '--for=finished'], 'session/ended condition met\n'],
  [['gone', '--for=delete'], 'session/gone condition met\n'],
  [['mayor', '--for=prompt=>', '--timeout=0'], 'session/mayor condition met\n'],
  [['-l', 'tier=back', '--for=jsonpath={.status.phase}=Running'], 'session/mayor condition met\n'],
  [['mayor', '--for=jsonpath={.status.meta.task}'], 'session/mayor condition met\n'],
  [['mayor', '--for=jsonpath=.status.meta.task=done'], 'session/mayor condition met\n'],
  [['mayor', '--for=idle=100ms'], 'session/mayor condition met\n'],
] as const)('wait %j', async ([argv, stdout]) => {
  expect(await wait([...argv])).toMatchObject({ code: 0, stdout, stderr: '' })
})

test.for([
  [['starting', '--for=running', '--timeout=50ms'], 'timed out waiting for the condition on session/starting: no node'],
  [['starting', '--for=prompt=>', '--timeout=0'], 'timed out waiting for the condition on session/starting'],
  [['mayor', '--for=prompt=$', '--timeout=50ms'], 'timed out waiting for the condition on session/mayor'],
  [['mayor', '--for=prompt=$', '--timeout=0'], 'timed out waiting for the condition on session/mayor'],
  [['ended', '--for=running'], 'session "ended" has ended: the agent ended with exit code 1'],
  [['gone', '--for=running'], 'session "gone" not found'],
  [['mayor'], '--for is needed: running, finished'],
  [['mayor', '--for=colour'], 'unrecognized condition: "colour"'],
  [['mayor', '--for=prompt='], 'unrecognized condition'],
  [['mayor', '--for=idle=soon'], 'idle must be a duration'],
  [['mayor', '--for=jsonpath={.x'], 'jsonpath'],
  [['--for=running'], 'give names of sessions, --selector or --all'],
  [['mayor', '--all', '--for=running'], 'give names of sessions, --selector or --all'],
  [['-l', 'a=b', '--for=running'], 'no matching sessions found'],
] as const)('wait %j fails and says why', async ([argv, why]) => {
  const { code, stdout, stderr } = await wait([...argv])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain(why)
  expect(stderr).toMatch(/\nTry: .+\n$/)
})

test('what comes true later is seen when the watch tells of it', async () => {
  const sessions = city()
  const waiting = wait(['starting', 'mayor', '--for=running'], sessions)
  await expect.poll(() => sessions.changes.listenerCount('change')).toBe(1)
  sessions.tell('changed', 'starting', { phase: 'Running' })
  expect(await waiting).toMatchObject({
    code: 0,
    stdout: 'session/mayor condition met\nsession/starting condition met\n',
  })
})

test('who may not watch waits all the same', async () => {
  const sessions = city()
  sessions.provider.watch = async function* () {
    yield* []
    throw new Error('forbidden')
  }
  const waiting = wait(['mayor', '--for=delete'], sessions)
  await expect.poll(() => sessions.lists.length).toBeGreaterThan(0)
  sessions.sessions.delete('mayor')
  expect(await waiting).toMatchObject({ code: 0 })
})

test('a session that ends while its screen is looked at is an error', async () => {
  const sessions = city()
  const open = sessions.provider.open.bind(sessions.provider)
  sessions.provider.open = async (name) => {
    const session = await open(name)
    sessions.provider.open = () => Promise.reject(new SessionNotFound('mayor'))
    session.peek = () => Promise.reject(new OutcomeUnknown('the stream was cut'))
    return session
  }
  expect(await wait(['mayor', '--for=prompt=$'], sessions)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('session "mayor" is not running'),
  })
})

test('an interrupted wait exits as a shell says it', async () => {
  const abort = new AbortController()
  const sessions = city()
  const waiting = gc(['wait', 'mayor', '--for=delete'], { sessions, signal: abort.signal })
  await expect.poll(() => sessions.lists.length).toBeGreaterThan(0)
  abort.abort(Interruption.bySignal('SIGINT'))
  expect(await waiting).toMatchObject({ code: 130, stderr: '' })
})
