import { GcCommand } from '../command.ts'
import * as Flags from '../flags/define.ts'
import { sessionArg } from '../flags/session.ts'
import { followPane } from '../peek/follow.ts'
import { append, repaint } from '../peek/show.ts'
import type { Sessions } from '../runtime.ts'
import { sessionName } from '../session-name.ts'

const historyOfPipe = 2000

export default class Peek extends GcCommand {
  static override summary = "Show what a session's terminal shows."
  static override description =
    'With --follow a terminal is repainted at each change, a pipe gets each line once it is complete; it ends with the session.'
  static override examples = [
    'kubectl gc peek mayor',
    'kubectl gc peek mayor --lines 200',
    'kubectl gc peek mayor --follow',
  ]
  static override args = { name: sessionArg }
  static override flags = {
    lines: Flags.integer({
      helpValue: 'LINES',
      default: 50,
      summary: 'The last so many lines (default 50); 0 for all of the history.',
    }),
    follow: Flags.boolean({ char: 'f', summary: 'Go on showing it until the session ends.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Peek)
    const name = sessionName(args.name)
    await using sessions = await this.sessions(flags)
    if (flags.follow) return await this.follow(sessions, name)
    await this.print(await sessions.provider.peek(name, { lines: flags.lines, signal: this.runtime.signal }))
  }

  private async follow({ provider }: Sessions, name: string): Promise<undefined> {
    const { signal, stdout } = this.runtime
    const terminal = stdout.isTTY === true
    const open = () => provider.open(name, { signal })
    const panes = followPane({ open, signal, lines: () => (terminal ? (stdout.rows ?? 24) : historyOfPipe) })
    await (terminal ? repaint(panes, stdout) : append(panes, (text) => this.print(text)))
    await this.note(`Session ${name} has ended.`)
  }
}
