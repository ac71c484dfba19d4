import { isSessionError, type SessionInfo } from '@kubectl-gc/session-provider'
import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import { outputFlag } from '../flags/output.ts'
import { sessionArg } from '../flags/session.ts'
import { describeSession, type LiveFields } from '../output/describe.ts'
import { isObjectFormat, printSession } from '../output/print-sessions.ts'
import type { Sessions } from '../runtime.ts'
import { sessionName } from '../session-name.ts'
import { eventTable } from '../status/event-table.ts'
import { why } from '../status/why.ts'

const paneLines = 10

export default class Status extends GcCommand {
  static override summary = 'Show one session: its state, why it does not work, and what its terminal shows.'
  static override description =
    'Where a start is stuck, or the agent waits for an answer, it says why in words, shows the events that prove it, and names the next command.'
  static override examples = [
    'kubectl gc status mayor',
    'kubectl gc status mayor --namespace team-a',
    "kubectl gc status mayor --output jsonpath='{.status.phase}'",
  ]
  static override args = { name: sessionArg }
  static override flags = { output: outputFlag() }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Status)
    const name = sessionName(args.name)
    const { signal } = this.runtime
    await using sessions = await this.sessions(flags)
    const session = await sessions.provider.describe(name, { signal })
    if (session === undefined) throw await this.notFound(sessions, name)
    if (flags.output === undefined || !isObjectFormat(flags.output)) return await this.describe(sessions, session)
    await this.print(await printSession(flags.output, session))
  }

  /** A start that a quota refuses leaves nothing to look at but the quota. */
  private async notFound({ namespace, usedUp }: Sessions, name: string): Promise<UsageError> {
    const message = `session "${name}" not found in namespace ${namespace}`
    const full = await usedUp(this.runtime.signal)
    if (full.length === 0) return new UsageError(message, 'kubectl gc list')
    const next = 'end one: kubectl gc stop NAME; or raise the quota'
    return new UsageError(`${message}, where no more can be started: the quota is used up (${full.join(', ')})`, next)
  }

  private async describe(sessions: Sessions, session: SessionInfo): Promise<undefined> {
    const now = this.runtime.now()
    const [events, live] = await Promise.all([this.events(sessions, session), this.live(sessions, session)])
    const parts = [describeSession(session, live?.fields, now)]
    const reason = why({ session, events: events ?? [], screen: live?.pane, now })
    if (reason !== undefined) parts.push(`Why:\n  ${reason.says}\n`)
    if (reason?.next !== undefined) parts.push(`  Try: ${reason.next}\n`)
    if (events !== undefined && events.length > 0) parts.push(`Events:\n${eventTable(events, now)}`)
    if (live?.pane !== undefined) parts.push(`Terminal:\n${live.pane.replace(/^/gm, '  ').trimEnd()}\n`)
    await this.print(parts.join(''))
    if (live?.failure !== undefined) await this.note(`Terminal and metadata cannot be read: ${live.failure}`)
  }

  /** Of a session that runs, events tell nothing new. */
  private async events(sessions: Sessions, { phase, pod, namespace }: SessionInfo) {
    return phase === 'Running' ? undefined : sessions.events({ name: pod, namespace }, this.runtime.signal)
  }

  /** What only tmux knows. The pod's phase lags: a session that has just ended can still be called running. */
  private async live({ provider }: Sessions, { name, phase }: SessionInfo): Promise<Live | undefined> {
    if (phase !== 'Running') return undefined
    const { signal } = this.runtime
    try {
      const [meta, lastActivity, isAttached, pane] = await Promise.all([
        provider.listMeta(name, { signal }),
        provider.lastActivity(name, { signal }),
        provider.isAttached(name, { signal }),
        provider.peek(name, { lines: paneLines, signal }),
      ])
      return { fields: { meta, lastActivity, isAttached }, pane }
    } catch (error) {
      if (!isSessionError(error)) throw error
      return { failure: error.message }
    }
  }
}

interface Live {
  fields?: LiveFields
  pane?: string
  failure?: string
}
