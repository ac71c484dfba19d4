import assert from 'node:assert/strict'
import type { SessionChange, SessionInfo, SessionProvider } from '../../provider.ts'
import { type ConformanceCase, eventually } from '../context.ts'

/** A watch that goes on, and what it has told of one session. */
class Watch implements AsyncDisposable {
  readonly changes: SessionChange[] = []
  readonly #abort = new AbortController()
  readonly #ended: Promise<unknown>

  constructor(provider: SessionProvider, session: string) {
    const follow = async () => {
      for await (const change of provider.watch({ signal: this.#abort.signal })) {
        if (change.session.name === session) this.changes.push(change)
      }
    }
    this.#ended = follow().catch((error) => error)
  }

  /** What the session is now, as far as was told; undefined: it is not there. */
  get session(): SessionInfo | undefined {
    const last = this.changes.at(-1)
    return last === undefined || last.type === 'removed' ? undefined : last.session
  }

  get types(): string[] {
    return this.changes.map(({ type }) => type)
  }

  /** Ends it. @returns what it ended with */
  async end(reason?: Error): Promise<unknown> {
    this.#abort.abort(reason)
    return this.#ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end()
  }
}

/** What a watch tells. */
export const watching: ConformanceCase[] = [
  {
    name: 'Watch_TellsOfWhatIsThere',
    async run(context) {
      const name = await context.shared()
      for await (const { type, session } of context.provider.watch()) {
        if (session.name !== name) continue
        assert.deepEqual([type, session.phase], ['added', 'Running'])
        break
      }
    },
  },
  {
    name: 'Watch_TellsOfComingChangingAndGoing',
    async run(context) {
      const name = context.name('observed')
      await using watch = new Watch(context.provider, name)
      await using other = new Watch(context.provider, name)
      await context.start('observed')
      await eventually(async () => watch.session?.phase === 'Running')
      assert.equal(watch.types[0], 'added')
      await context.provider.setMeta(name, 'SEEN', 'value')
      await eventually(async () => watch.session?.meta.SEEN === 'value')
      assert.equal(watch.types.at(-1), 'changed')
      await context.provider.stop(name)
      await eventually(async () => watch.types.at(-1) === 'removed')
      assert.equal(watch.changes.at(-1)?.session.name, name)
      await eventually(async () => other.types.at(-1) === 'removed')
    },
  },
  {
    name: 'Watch_TellsOfTheAgentsEnd_AndOfItsSuccessor',
    processes: true,
    async run(context) {
      const name = context.name('mortal')
      await using watch = new Watch(context.provider, name)
      await context.start('mortal', { command: 'read line; exit 7', nudge: 'go' })
      await eventually(async () => watch.session?.phase === 'Finished')
      assert.equal(watch.session?.exitCode, 7)
      await context.start('mortal')
      await eventually(async () => watch.session?.phase === 'Running')
    },
  },
  {
    name: 'Watch_AbortedMeanwhile_RejectsWithTheReason',
    async run(context) {
      const name = await context.shared()
      const watch = new Watch(context.provider, name)
      await eventually(async () => watch.session !== undefined)
      const reason = new Error('the caller has given up')
      assert.equal(await watch.end(reason), reason)
    },
  },
]
