import { GcCommand } from '../command.ts'
import * as Flags from '../flags/define.ts'
import { durationFlag } from '../flags/duration.ts'
import { sessionArg } from '../flags/session.ts'
import { timeFlag } from '../flags/time.ts'
import { logPart } from '../logs/part.ts'
import { sessionName } from '../session-name.ts'

export default class Logs extends GcCommand {
  static override summary = "Print everything that a session's terminal was sent, as it was sent."
  static override description =
    'Works for sessions that have ended too. It holds escape sequences as they are: kubectl gc peek shows the screen that they make.'
  static override examples = [
    'kubectl gc logs mayor --tail 100',
    'kubectl gc logs mayor --follow --since 10m --timestamps',
    'kubectl gc logs mayor --since-time 2026-01-31T09:00:00Z --limit-bytes 65536',
  ]
  static override args = { name: sessionArg }
  static override flags = {
    follow: Flags.boolean({ char: 'f', summary: 'Go on as more is printed.' }),
    tail: Flags.integer({ helpValue: 'LINES', summary: 'Only the last so many lines; -1 for all.' }),
    since: durationFlag({ summary: 'Only what was printed in the last so long; 0 for all.' }),
    'since-time': timeFlag({ summary: 'Only what was printed since.' }),
    timestamps: Flags.boolean({ summary: 'Begin each line with when it was printed.' }),
    previous: Flags.boolean({ char: 'p', summary: 'What the container printed before it was started again.' }),
    'limit-bytes': Flags.integer({ helpValue: 'BYTES', summary: 'No more than so many bytes; 0 for all.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Logs)
    const name = sessionName(args.name)
    const part = logPart(flags)
    await using sessions = await this.sessions(flags)
    const options = { signal: this.runtime.signal, follow: flags.follow, ...part }
    for await (const chunk of sessions.provider.logs(name, options)) await this.print(chunk)
  }
}
