import { GcCommand } from '../../command.ts'
import * as Args from '../../flags/define-args.ts'
import { keyArg } from '../../flags/meta.ts'
import { sessionArg } from '../../flags/session.ts'
import { sessionName } from '../../session-name.ts'

export default class MetaSet extends GcCommand {
  static override summary = "Set one key of a session's metadata."
  static override description =
    "The agent sees it at once with tmux show-environment, and the pod's annotations show it."
  static override examples = [
    'kubectl gc meta set mayor GC_DRAIN 1763700000',
    'kubectl gc meta set mayor task "fix the build"',
  ]
  static override args = {
    name: sessionArg,
    key: keyArg,
    value: Args.string({ required: true, ignoreStdin: true, description: 'Its value, taken literally.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(MetaSet)
    const name = sessionName(args.name)
    await using sessions = await this.sessions(flags)
    await sessions.provider.setMeta(name, args.key, args.value, { signal: this.runtime.signal })
    await this.print(`session/${name} metadata ${args.key} set\n`)
  }
}
