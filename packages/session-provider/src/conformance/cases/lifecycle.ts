import assert from 'node:assert/strict'
import { type ConformanceCase, eventually } from '../context.ts'

/** Starting, stopping, and what is told of it. */
export const lifecycle: ConformanceCase[] = [
  {
    name: 'Start_CreatesRunningSession',
    async run(context) {
      const name = await context.shared()
      assert.equal(await context.provider.isRunning(name), true)
      const info = await context.provider.describe(name)
      assert.equal(info?.name, name)
      assert.equal(info?.phase, 'Running')
      assert.equal(info?.exitCode, undefined)
    },
  },
  {
    name: 'Start_DuplicateReturnsError',
    async run(context) {
      const name = await context.shared()
      await assert.rejects(context.provider.start(name), { name: 'SessionExists', session: name })
      assert.equal(await context.provider.isRunning(name), true)
    },
  },
  {
    name: 'Start_OfOneNameAtOnce_OneWins',
    async run(context) {
      const starts = await Promise.allSettled([1, 2, 3].map(() => context.start('contested')))
      const lost = starts.filter((start) => start.status === 'rejected')
      assert.deepEqual(
        lost.map(({ reason }) => reason.name),
        ['SessionExists', 'SessionExists'],
      )
      assert.equal(await context.provider.isRunning(context.name('contested')), true)
    },
  },
  {
    name: 'Start_InvalidName_ReturnsError',
    async run({ provider }) {
      for (const name of ['', 'two words', 'umlaut-ü', 'x'.repeat(254)]) {
        await assert.rejects(provider.start(name), { name: 'InvalidSessionName' }, JSON.stringify(name))
      }
    },
  },
  {
    name: 'Start_ConcurrentDistinctSessions',
    async run(context) {
      const names = await context.alike()
      assert.deepEqual(await Promise.all(names.map((name) => context.provider.isRunning(name))), [true, true, true])
    },
  },
  {
    name: 'Start_NamesThatLookAlike_AreSessionsOfTheirOwn',
    async run(context) {
      const names = await context.alike()
      await Promise.all(names.map((name) => context.provider.setMeta(name, 'WHO', name)))
      assert.deepEqual(await Promise.all(names.map((name) => context.provider.getMeta(name, 'WHO'))), names)
    },
  },
  {
    name: 'Start_InitialNudge_IsTyped',
    async run(context) {
      const session = await context.start('eager', { command: 'cat', nudge: 'begin' })
      await eventually(async () => (await session.peek()).includes('begin'))
    },
  },
  {
    name: 'Start_AgentThatEndsAtOnce_ReturnsError',
    processes: true,
    async run(context) {
      const starts = await Promise.allSettled(
        [1, 2, 3].map((number) => context.start(`stillborn-${number}`, { command: 'echo last words; exit 3' })),
      )
      for (const start of starts) {
        assert.equal(start.status, 'rejected')
        const { name, reason, message, output } = start.reason
        assert.deepEqual([name, reason], ['SessionStartFailed', 'Error'])
        assert.match(message, /exit code 3/)
        assert.match(output, /last words/)
      }
      assert.equal(await context.provider.describe(context.name('stillborn-1')), undefined)
    },
  },
  {
    name: 'Start_OneShot_MayEndAtOnce',
    processes: true,
    async run(context) {
      const { name } = await context.start('brief-job', { command: 'exit 0', lifecycle: 'one_shot' })
      await eventually(async () => (await context.provider.describe(name))?.phase === 'Finished')
      const failing = context.start('failing-job', { command: 'exit 3', lifecycle: 'one_shot' })
      await assert.rejects(failing, { name: 'SessionStartFailed', reason: 'Error' })
    },
  },
  {
    name: 'Start_ProcessNames_AreWaitedFor',
    processes: true,
    async run(context) {
      const { name } = await context.start('led-to', { command: 'sleep 1; exec cat', processNames: ['other', 'cat'] })
      assert.equal(await context.provider.processAlive(name, ['cat']), true)
    },
  },
  {
    name: 'Start_AwaitUsing_ClosesTheStreamAndNotTheSession',
    async run(context) {
      let closed: Promise<void>
      {
        await using session = await context.start('used')
        closed = session.closed
      }
      await closed
      assert.equal(await context.provider.isRunning(context.name('used')), true)
    },
  },
  {
    name: 'Open_AfterClose_IsOpen',
    async run(context) {
      const closed = await context.start('reopened')
      await closed.close()
      const session = await context.provider.open(closed.name)
      await session.setMeta('KEY', 'value')
      assert.equal(await session.getMeta('KEY'), 'value')
    },
  },
  {
    name: 'Stop_MakesSessionNotRunning',
    async run(context) {
      const name = await context.stopped()
      assert.equal(await context.provider.isRunning(name), false)
      assert.equal(await context.provider.describe(name), undefined)
    },
  },
  {
    name: 'Stop_Idempotent_NotRunning',
    async run(context) {
      assert.equal(await context.provider.stop(context.name('never-started')), false)
    },
  },
  {
    name: 'Stop_Idempotent_AlreadyStopped',
    async run(context) {
      assert.equal(await context.provider.stop(await context.stopped()), false)
    },
  },
  {
    name: 'Stop_ConcurrentDistinctSessions',
    async run(context) {
      const sessions = await Promise.all(['stop-1', 'stop-2', 'stop-3'].map((label) => context.start(label)))
      assert.deepEqual(await Promise.all(sessions.map(({ name }) => context.provider.stop(name))), [true, true, true])
      const running = await Promise.all(sessions.map(({ name }) => context.provider.isRunning(name)))
      assert.deepEqual(running, [false, false, false])
    },
  },
  {
    name: 'Stop_EndsTheStreamOfOpenSessions',
    async run(context) {
      const session = await context.start('watched')
      await context.provider.stop(session.name)
      await session.closed
    },
  },
  {
    name: 'Stop_HangsUpBeforeItKills',
    processes: true,
    async run(context) {
      const command = `trap 'sleep 1; echo hung up' HUP; echo ready; while :; do sleep 0.1; done`
      const session = await context.start('polite', { command })
      await eventually(async () => (await session.peek()).includes('ready'))
      const log: string[] = []
      const logs = (async () => {
        for await (const chunk of context.provider.logs(session.name, { follow: true })) log.push(String(chunk))
      })()
      await eventually(async () => log.join('').includes('ready'))
      await context.provider.stop(session.name, { gracePeriodSeconds: 3 })
      await logs
      assert.match(log.join(''), /hung up/)
    },
  },
  {
    name: 'Finished_TellsItsExitCode_AndIsReplaced',
    processes: true,
    async run(context) {
      const { name } = await context.start('brief', { command: 'read line; exit 7', nudge: 'go' })
      await eventually(async () => (await context.provider.describe(name))?.phase === 'Finished')
      assert.equal((await context.provider.describe(name))?.exitCode, 7)
      assert.equal(await context.provider.isRunning(name), false)
      await context.start('brief')
      assert.equal(await context.provider.isRunning(name), true)
    },
  },
  {
    name: 'IsRunning_UnknownSession',
    async run(context) {
      assert.equal(await context.provider.isRunning(context.name('unknown')), false)
      assert.equal(await context.provider.describe(context.name('unknown')), undefined)
    },
  },
  {
    name: 'IsRunning_ConcurrentDistinctSessions',
    async run(context) {
      const names = [...(await context.alike()), context.name('unknown')]
      const running = await Promise.all(names.map((name) => context.provider.isRunning(name)))
      assert.deepEqual(running, [true, true, true, false])
    },
  },
]
