import { GcCommand } from '../../command.ts'
import { keyArg } from '../../flags/meta.ts'
import { sessionArg } from '../../flags/session.ts'
import { sessionName } from '../../session-name.ts'

export default class MetaRm extends GcCommand {
  static override summary = "Remove one key of a session's metadata."
  static override description = 'Removing a key that is not set succeeds.'
  static override examples = ['kubectl gc meta rm mayor GC_DRAIN', 'kubectl gc meta rm mayor task --namespace team-a']
  static override args = { name: sessionArg, key: keyArg }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(MetaRm)
    const name = sessionName(args.name)
    await using sessions = await this.sessions(flags)
    await sessions.provider.removeMeta(name, args.key, { signal: this.runtime.signal })
    await this.print(`session/${name} metadata ${args.key} removed\n`)
  }
}
