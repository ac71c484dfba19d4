import { GcCommand } from '../command.ts'
import * as Args from '../flags/define-args.ts'
import { sessionArg } from '../flags/session.ts'
import { sessionName } from '../session-name.ts'

export default class SendKeys extends GcCommand {
  static override summary = "Press keys at a session's terminal."
  static override description =
    'Keys are named as tmux names them: Enter, Escape, Up, C-c, M-x, F5. Any other word is typed as it stands. Nothing is submitted that you do not submit: kubectl gc nudge types a message and submits it.'
  static override examples = [
    'kubectl gc send-keys mayor Escape',
    'kubectl gc send-keys mayor Down Down Enter',
    'kubectl gc send-keys mayor -- -l',
  ]
  static override args = {
    name: sessionArg,
    keys: Args.string({ required: true, multiple: true, ignoreStdin: true, description: 'Keys, in this order.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(SendKeys)
    const name = sessionName(args.name)
    const keys = args.keys as unknown as string[]
    await using sessions = await this.sessions(flags)
    await sessions.provider.sendKeys(name, keys, { signal: this.runtime.signal })
    await this.print(`session/${name} keys sent\n`)
  }
}
