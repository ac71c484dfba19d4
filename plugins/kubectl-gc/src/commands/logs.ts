import { GcCommand } from '../command.ts'
import * as Flags from '../flags/define.ts'
import { sessionArg } from '../flags/session.ts'
import { sessionName } from '../session-name.ts'

export default class Logs extends GcCommand {
  static override summary = "Print everything that a session's terminal was sent, as it was sent."
  static override description =
    'Works for sessions that have ended too. It holds escape sequences as they are: kubectl gc peek shows the screen that they make.'
  static override examples = ['kubectl gc logs mayor --tail 100', 'kubectl gc logs mayor --follow']
  static override args = { name: sessionArg }
  static override flags = {
    follow: Flags.boolean({ char: 'f', summary: 'Go on as more is printed.' }),
    tail: Flags.integer({ helpValue: 'LINES', summary: 'Only the last so many lines; -1 for all.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Logs)
    const name = sessionName(args.name)
    await using sessions = await this.sessions(flags)
    const tail = flags.tail === undefined || flags.tail < 0 ? {} : { tailLines: flags.tail }
    const options = { signal: this.runtime.signal, follow: flags.follow, ...tail }
    for await (const chunk of sessions.provider.logs(name, options)) await this.print(chunk)
  }
}
