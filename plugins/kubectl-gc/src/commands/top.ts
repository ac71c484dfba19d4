import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'

export default class Top extends GcCommand {
  static override summary = 'Watch all sessions live, see the terminal of one, and nudge it.'
  static override description =
    'Takes the whole screen. The arrow keys select a session, Enter opens a line for a message to it, q leaves. Where the API server has not been heard of for 5 s, the list says until when it was right.'
  static override examples = ['kubectl gc top', 'kubectl gc top --namespace team-a']

  async run(): Promise<undefined> {
    const { flags } = await this.parse(Top)
    const { stdin, stdout } = this.runtime
    if (stdin.isTTY !== true || stdout.isTTY !== true) {
      throw new UsageError('top needs a terminal', 'kubectl gc list --watch')
    }
    await using sessions = await this.sessions(flags)
    const { top } = await import('../top/top.ts')
    await top(sessions, this.runtime)
  }
}
