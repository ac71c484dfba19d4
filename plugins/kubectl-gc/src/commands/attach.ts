import { inRawMode, thisTerminal } from '../attach/terminal.ts'
import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import { sessionArg } from '../flags/session.ts'
import { sessionName } from '../session-name.ts'

export default class Attach extends GcCommand {
  static override summary = "Join your terminal to a session's."
  static override description = 'Detach with C-b d: the session goes on. Several people can be attached at once.'
  static override examples = ['kubectl gc attach mayor', 'kubectl gc attach mayor --namespace team-a']
  static override args = { name: sessionArg }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Attach)
    const name = sessionName(args.name)
    const { stdin, stdout, signal } = this.runtime
    if (stdin.isTTY !== true || stdout.isTTY !== true) {
      throw new UsageError(`attaching to session "${name}" needs a terminal`, `kubectl gc peek ${name}`)
    }
    await using sessions = await this.sessions(flags)
    await this.note(`Attached to ${name}. Detach: C-b d`)
    return await inRawMode(this.runtime, () => sessions.provider.attach(name, thisTerminal(this.runtime), { signal }))
  }
}
