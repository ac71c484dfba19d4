import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import * as Flags from '../flags/define.ts'
import { sessionArg } from '../flags/session.ts'
import { readAll } from '../input.ts'
import { sessionName } from '../session-name.ts'

export default class Exec extends GcCommand {
  static override summary = "Run a command beside the agent, in the session's container."
  static override description = "The exit code is the command's own."
  static override usage = 'exec NAME [flags] -- COMMAND [ARGS...]'
  static override examples = [
    'kubectl gc exec mayor -- git status',
    'tar c src | kubectl gc exec mayor --stdin -- tar x --directory /workspace',
  ]
  static override takesRest = true
  static override args = { name: sessionArg }
  static override flags = {
    stdin: Flags.boolean({ char: 'i', summary: 'Give standard input to the command.' }),
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Exec)
    const name = sessionName(args.name)
    const command = this.rest
    if (command === undefined || command.length === 0) {
      throw new UsageError(`a command for session "${name}" is needed after --`, `kubectl gc exec ${name} -- COMMAND`)
    }
    const { signal } = this.runtime
    const stdin = flags.stdin ? await readAll(this.runtime.stdin, signal) : undefined
    await using sessions = await this.sessions(flags)
    const result = await sessions.provider.exec(name, command, { signal, stdin })
    await this.print(result.stdout)
    await this.printError(result.stderr)
    return result.exitCode
  }
}
