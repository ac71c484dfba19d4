import { GcCommand } from '../../command.ts'
import { UsageError } from '../../errors/usage.ts'
import { keyArg } from '../../flags/meta.ts'
import { sessionArg } from '../../flags/session.ts'
import { sessionName } from '../../session-name.ts'

export default class MetaGet extends GcCommand {
  static override summary = "Print the value of one key of a session's metadata."
  static override examples = [
    'kubectl gc meta get mayor GC_SESSION_ID',
    'kubectl gc meta get mayor GC_DRAIN --namespace team-a',
  ]
  static override args = { name: sessionArg, key: keyArg }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(MetaGet)
    const name = sessionName(args.name)
    await using sessions = await this.sessions(flags)
    const value = await sessions.provider.getMeta(name, args.key, { signal: this.runtime.signal })
    if (value === undefined) {
      throw new UsageError(
        `session "${name}" has no metadata ${JSON.stringify(args.key)}`,
        `kubectl gc meta list ${name}`,
      )
    }
    await this.print(`${value}\n`)
  }
}
