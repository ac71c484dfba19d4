import { attach } from '../attach/attach.ts'
import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import * as Flags from '../flags/define.ts'
import { sessionArg } from '../flags/session.ts'
import { sessionName } from '../session-name.ts'

export default class Attach extends GcCommand {
  static override summary = "Join your terminal to a session's."
  static override description =
    'Detach with C-b d: the session goes on. Several people can be attached at once. A connection that is cut is made again.'
  static override examples = [
    'kubectl gc attach mayor',
    'kubectl gc attach mayor --namespace team-a',
    'kubectl gc attach mayor --read-only',
  ]
  static override args = { name: sessionArg }
  static override flags = {
    'read-only': Flags.boolean({ char: 'r', summary: 'Only look: keys do nothing but leave.' }),
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Attach)
    const name = sessionName(args.name)
    const { stdin, stdout } = this.runtime
    if (stdin.isTTY !== true || stdout.isTTY !== true) {
      throw new UsageError(`attaching to session "${name}" needs a terminal`, `kubectl gc peek ${name}`)
    }
    await using sessions = await this.sessions(flags)
    const readOnly = flags['read-only']
    await this.note(`Attached to ${name}${readOnly ? ', read-only' : ''}. Detach: C-b d`)
    return await attach(sessions, { name, readOnly }, this.runtime)
  }
}
