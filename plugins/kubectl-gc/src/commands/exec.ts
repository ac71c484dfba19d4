import { atTerminal } from '../attach/at-terminal.ts'
import { thisTerminal } from '../attach/terminal.ts'
import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import { joined } from '../exec/joined.ts'
import * as Flags from '../flags/define.ts'
import { sessionArg } from '../flags/session.ts'
import { sessionName } from '../session-name.ts'

export default class Exec extends GcCommand {
  static override summary = "Run a command beside the agent, in the session's container."
  static override description =
    "What it prints is passed on while it runs, and so, with --stdin, is what it reads. The exit code is the command's own."
  static override usage = 'exec NAME [flags] -- COMMAND [ARGS...]'
  static override examples = [
    'kubectl gc exec mayor -- git status',
    'kubectl gc exec mayor --stdin --tty -- bash',
    'tar c src | kubectl gc exec mayor --stdin -- tar x --directory /workspace',
  ]
  static override takesRest = true
  static override args = { name: sessionArg }
  static override flags = {
    stdin: Flags.boolean({ char: 'i', summary: 'Give standard input to the command.' }),
    tty: Flags.boolean({ char: 't', summary: 'With --stdin: give it a terminal, which is this one.' }),
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Exec)
    const name = sessionName(args.name)
    const command = this.rest
    if (command === undefined || command.length === 0) {
      throw new UsageError(`a command for session "${name}" is needed after --`, `kubectl gc exec ${name} -- COMMAND`)
    }
    const tty = flags.stdin === true && flags.tty === true && (await this.hasTerminal())
    await using sessions = await this.sessions(flags)
    const { signal } = this.runtime
    if (tty) {
      const { size } = thisTerminal(this.runtime)
      await using running = await sessions.provider.spawn(name, command, { signal, tty: size() })
      return await atTerminal(this.runtime, running, (data) => this.print(data))
    }
    const input = flags.stdin ? {} : { stdin: '' }
    await using running = await sessions.provider.spawn(name, command, { signal, ...input })
    return await joined(running, {
      stdin: flags.stdin ? this.runtime.stdin : undefined,
      print: (data) => this.print(data),
      printError: (data) => this.printError(data),
    })
  }

  private async hasTerminal(): Promise<boolean> {
    const isTerminal = this.runtime.stdin.isTTY === true
    if (!isTerminal) await this.note('Unable to use a TTY - input is not a terminal or the right kind of file')
    return isTerminal
  }
}
