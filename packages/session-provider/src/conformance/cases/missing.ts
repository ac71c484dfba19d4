import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { CallOptions, SessionProvider } from '../../provider.ts'
import type { ConformanceCase } from '../context.ts'

type Call = (provider: SessionProvider, name: string, options?: CallOptions) => Promise<unknown>

/** A call of every method that is about a session which runs. */
const calls: Record<string, Call> = {
  open: (provider, name, options) => provider.open(name, options),
  nudge: (provider, name, options) => provider.nudge(name, 'text', options),
  peek: (provider, name, options) => provider.peek(name, { ...options, follow: false }),
  'peek, following,': (provider, name, options) => provider.peek(name, { ...options, follow: true }).next(),
  sendKeys: (provider, name, options) => provider.sendKeys(name, ['x'], options),
  clearScrollback: (provider, name, options) => provider.clearScrollback(name, options),
  lastActivity: (provider, name, options) => provider.lastActivity(name, options),
  isAttached: (provider, name, options) => provider.isAttached(name, options),
  interrupt: (provider, name, options) => provider.interrupt(name, options),
  setMeta: (provider, name, options) => provider.setMeta(name, 'KEY', 'value', options),
  getMeta: (provider, name, options) => provider.getMeta(name, 'KEY', options),
  removeMeta: (provider, name, options) => provider.removeMeta(name, 'KEY', options),
  listMeta: (provider, name, options) => provider.listMeta(name, options),
  exec: (provider, name, options) => provider.exec(name, ['true'], options),
  spawn: (provider, name, options) => provider.spawn(name, ['true'], options),
  copyTo: (provider, name, options) => provider.copyTo(name, process.execPath, 'program', options),
  copyFrom: (provider, name, options) => text(provider.copyFrom(name, 'file', options)),
  logs: (provider, name, options) => text(provider.logs(name, options)),
  attach: (provider, name, options) => provider.attach(name, terminal(), options),
}

/** And of those that answer for a session that is not there, too. */
const others: Record<string, Call> = {
  start: (provider, name, options) => provider.start(name, {}, options),
  stop: (provider, name, options) => provider.stop(name, options),
  isRunning: (provider, name, options) => provider.isRunning(name, options),
  listRunning: (provider, name, options) => provider.listRunning(name, options),
  list: (provider, _name, options) => provider.list(options),
  watch: (provider, _name, options) => provider.watch(options).next(),
  describe: (provider, name, options) => provider.describe(name, options),
  processAlive: (provider, name, options) => provider.processAlive(name, ['sh'], options),
}

function terminal() {
  const size = () => ({ columns: 80, rows: 24 })
  return { input: new PassThrough(), output: new PassThrough(), size, onResize: () => () => {} }
}

/** What is told where there is no session, and where the caller has given up. */
export const missing: ConformanceCase[] = [
  ...Object.entries(calls).map(
    ([method, call]) =>
      ({
        name: `${method[0]?.toUpperCase()}${method.slice(1).replace(/[ ,].*/, '_Follow')}_MissingSession`,
        async run(context) {
          const name = context.name('missing')
          await assert.rejects(call(context.provider, name), { name: 'SessionNotFound', session: name })
        },
      }) satisfies ConformanceCase,
  ),
  ...Object.entries({ ...calls, ...others }).map(
    ([method, call]) =>
      ({
        name: `${method[0]?.toUpperCase()}${method.slice(1).replace(/[ ,].*/, '_Follow')}_Aborted_RejectsWithTheReason`,
        async run(context) {
          const name = method === 'start' ? context.name('aborted') : await context.shared()
          const reason = new Error('the caller has given up')
          await assert.rejects(
            call(context.provider, name, { signal: AbortSignal.abort(reason) }),
            (error) => error === reason,
          )
        },
      }) satisfies ConformanceCase,
  ),
  {
    name: 'Start_AbortedMeanwhile_LeavesNothing',
    async run(context) {
      const reason = new Error('the caller has given up')
      const abort = new AbortController()
      const name = context.name('given-up')
      const starting = context.provider.start(name, { command: 'sleep 1000' }, { signal: abort.signal })
      abort.abort(reason)
      await assert.rejects(starting, (error) => error === reason)
      assert.equal(await context.provider.describe(name), undefined)
    },
  },
  {
    name: 'Peek_Follow_AbortedMeanwhile_RejectsWithTheReason',
    async run(context) {
      const reason = new Error('the caller has given up')
      const abort = new AbortController()
      const screens = context.provider.peek(await context.shared(), { follow: true, signal: abort.signal })
      await screens.next()
      const following = (async () => {
        for await (const _ of screens);
      })()
      abort.abort(reason)
      await assert.rejects(following, (error) => error === reason)
    },
  },
  {
    name: 'Logs_Follow_AbortedMeanwhile_RejectsWithTheReason',
    async run(context) {
      const name = await context.shared()
      await context.provider.nudge(name, 'something to log')
      const reason = new Error('the caller has given up')
      const abort = new AbortController()
      const logs = context.provider.logs(name, { follow: true, signal: abort.signal })
      await logs.next()
      const following = (async () => {
        for await (const _ of logs);
      })()
      abort.abort(reason)
      await assert.rejects(following, (error) => error === reason)
    },
  },
]
