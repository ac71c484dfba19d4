import assert from 'node:assert/strict'
import { type ConformanceCase, eventually } from '../context.ts'

const MESSAGES = [
  'Enter',
  'C-c',
  '-l',
  'ends with ;',
  'two\nlines',
  'a\ttab',
  'it\'s "quoted" $HOME `id` $(id) \\ #{pane_id} #(id) ~ %1',
  '日本語 é 😀',
  Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1)),
  'x'.repeat(64 * 1024),
]

/** Typing into a session, and reading what it shows. */
export const driving: ConformanceCase[] = [
  {
    name: 'Nudge_RunningSession_ArrivesAsTyped',
    async run(context) {
      const { name } = await context.recorder('recorder')
      let expected = Buffer.alloc(0)
      for (const message of MESSAGES) {
        await context.provider.nudge(name, message)
        expected = Buffer.concat([expected, Buffer.from(message as Uint8Array), Buffer.from('\r')])
      }
      await eventually(async () => (await context.received(name)).length >= expected.length)
      assert.ok(expected.equals(await context.received(name)), 'it received other bytes')
    },
  },
  {
    name: 'Nudge_Concurrent_NeverInterleaves',
    async run(context) {
      const { name } = await context.recorder('crowd')
      const messages = Array.from({ length: 20 }, (_, index) => `${index}:${'abc'.repeat(index * 50)}`)
      await Promise.all(messages.map((message) => context.provider.nudge(name, message)))
      const length = messages.reduce((sum, message) => sum + message.length + 1, 0)
      await eventually(async () => (await context.received(name)).length >= length)
      const received = (await context.received(name)).toString().split('\r')
      assert.deepEqual(received.sort(), [...messages, ''].sort())
    },
  },
  {
    name: 'Nudge_WithoutText_ReturnsError',
    async run(context) {
      const name = await context.shared()
      for (const message of ['', 'a\0b']) {
        await assert.rejects(context.provider.nudge(name, message), { name: 'InvalidArgument' })
      }
    },
  },
  {
    name: 'Nudge_CutBeforeTheAnswer_ReturnsOutcomeUnknown',
    async run(context) {
      const session = await context.start('cut')
      const nudging = session.nudge('perhaps')
      await Promise.all([assert.rejects(nudging, { name: 'OutcomeUnknown' }), session.close()])
      await context.provider.nudge(session.name, 'certainly')
      await eventually(async () => (await context.provider.peek(session.name)).includes('certainly'))
    },
  },
  {
    name: 'SendKeys_RunningSession',
    async run(context) {
      const { name } = await context.recorder('keys')
      await context.provider.sendKeys(name, ['typed', 'Space', 'text', 'Enter'])
      await eventually(async () => (await context.received(name)).toString() === 'typed text\r')
      await assert.rejects(context.provider.sendKeys(name, []), { name: 'InvalidArgument' })
    },
  },
  {
    name: 'Interrupt_RunningSession',
    async run(context) {
      const session = await context.start('interrupted')
      await context.provider.nudge(session.name, 'before')
      await eventually(async () => (await session.peek()).includes('before'))
      await context.provider.interrupt(session.name)
      await eventually(async () => (await session.peek()).includes('^C'))
      assert.equal(await context.provider.isRunning(session.name), true)
    },
  },
  {
    name: 'Interrupt_ConcurrentDistinctSessions',
    async run(context) {
      const names = await context.alike()
      await Promise.all(names.map((name) => context.provider.interrupt(name)))
      assert.deepEqual(await Promise.all(names.map((name) => context.provider.isRunning(name))), [true, true, true])
    },
  },
  {
    name: 'Peek_ShowsTheLastLines_AndClearScrollbackForgetsTheOlder',
    async run(context) {
      const session = await context.start('screen')
      const { name } = session
      const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`)
      await context.provider.nudge(name, lines.join('\n'))
      await eventually(async () => (await session.peek({ lines: 1 })).includes('line 299'))
      assert.equal((await context.provider.peek(name, { lines: 3 })).split('\n').length, 4)
      assert.match(await context.provider.peek(name, { lines: 0 }), /^line 0$/m)
      await context.provider.clearScrollback(name)
      const left = await context.provider.peek(name, { lines: 0 })
      assert.match(left, /^line 299$/m)
      assert.doesNotMatch(left, /^line 0$/m)
    },
  },
  {
    name: 'Peek_Follow_TellsOfChanges_UntilTheSessionEnds',
    async run(context) {
      const session = await context.start('followed')
      const screens: string[] = []
      const following = (async () => {
        for await (const screen of context.provider.peek(session.name, { follow: true })) screens.push(screen)
      })()
      await eventually(async () => screens.length > 0)
      await session.nudge('changed')
      await eventually(async () => screens.at(-1)?.includes('changed') === true)
      await context.provider.stop(session.name, { gracePeriodSeconds: 1 })
      await following
    },
  },
  {
    name: 'GetLastActivity_MovesOn',
    async run(context) {
      const session = await context.start('active')
      const first = await context.provider.lastActivity(session.name)
      assert.ok(first.getTime() > 0)
      await eventually(async () => {
        await session.nudge('x')
        return (await context.provider.lastActivity(session.name)) > first
      })
    },
  },
  {
    name: 'IsAttached_NobodyIs',
    async run(context) {
      assert.equal(await context.provider.isAttached(await context.shared()), false)
    },
  },
]
