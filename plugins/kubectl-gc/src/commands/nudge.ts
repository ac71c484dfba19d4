import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import * as Args from '../flags/define-args.ts'
import { sessionArg } from '../flags/session.ts'
import { readAll } from '../input.ts'
import { sessionName } from '../session-name.ts'

export default class Nudge extends GcCommand {
  static override summary = 'Type a message into a session and submit it.'
  static override description =
    'Without a message, or with -, it is read from standard input and sent byte for byte. Several words are joined by spaces.'
  static override examples = [
    'kubectl gc nudge mayor "run the tests again"',
    'kubectl gc nudge mayor --namespace team-a < task.md',
    'kubectl gc nudge mayor -- --help is text here, not a flag',
  ]
  static override args = {
    name: sessionArg,
    text: Args.string({ multiple: true, ignoreStdin: true, description: 'The message; - reads standard input.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Nudge)
    const name = sessionName(args.name)
    const words = (args.text ?? []) as unknown as string[]
    const message = await this.message(words)
    if (message.length === 0) throw new UsageError(`the message to session "${name}" must not be empty`)
    await using sessions = await this.sessions(flags)
    await sessions.provider.nudge(name, message, { signal: this.runtime.signal })
    await this.print(`session/${name} nudged\n`)
  }

  private async message(words: string[]): Promise<string | Uint8Array> {
    const fromStdin = words.length === 0 || (words.length === 1 && words[0] === '-')
    if (!fromStdin) return words.join(' ')
    if (words.length === 0 && this.runtime.stdin.isTTY === true) {
      throw new UsageError('a message is needed', 'kubectl gc nudge NAME "your message"')
    }
    return readAll(this.runtime.stdin, this.runtime.signal)
  }
}
