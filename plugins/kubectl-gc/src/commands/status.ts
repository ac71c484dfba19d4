import { isSessionError } from '@kubectl-gc/session-provider'
import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import { sessionArg } from '../flags/session.ts'
import { describeSession } from '../output/describe.ts'
import type { Sessions } from '../runtime.ts'
import { sessionName } from '../session-name.ts'

const paneLines = 10

export default class Status extends GcCommand {
  static override summary = 'Show one session: its state, why, and what its terminal shows.'
  static override examples = ['kubectl gc status mayor', 'kubectl gc status mayor --namespace team-a']
  static override args = { name: sessionArg }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Status)
    const name = sessionName(args.name)
    const { signal, now } = this.runtime
    await using sessions = await this.sessions(flags)
    const session = await sessions.provider.describe(name, { signal })
    if (session === undefined) {
      throw new UsageError(`session "${name}" not found in namespace ${sessions.namespace}`, 'kubectl gc list')
    }
    const live = session.phase === 'Running' ? await this.live(sessions, name) : undefined
    await this.print(describeSession(session, live?.meta ?? session.meta, now()))
    if (live?.pane !== undefined) await this.print(`Terminal:\n${live.pane.replace(/^/gm, '  ').trimEnd()}\n`)
    if (live?.why !== undefined) await this.note(`Terminal and metadata cannot be read: ${live.why}`)
  }

  /** What only tmux knows. The pod's phase lags: a session that has just ended can still be called running. */
  private async live({ provider }: Sessions, name: string): Promise<Live> {
    const { signal } = this.runtime
    try {
      const reading = [provider.listMeta(name, { signal }), provider.peek(name, { lines: paneLines, signal })] as const
      const [meta, pane] = await Promise.all(reading)
      return { meta, pane }
    } catch (error) {
      if (!isSessionError(error)) throw error
      return { why: error.message }
    }
  }
}

interface Live {
  meta?: Record<string, string>
  pane?: string
  why?: string
}
