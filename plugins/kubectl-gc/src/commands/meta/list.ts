import { GcCommand } from '../../command.ts'
import * as Flags from '../../flags/define.ts'
import { sessionArg } from '../../flags/session.ts'
import { structured } from '../../output/structured.ts'
import { table } from '../../output/table.ts'
import { sessionName } from '../../session-name.ts'

export default class MetaList extends GcCommand {
  static override summary = "List a session's metadata."
  static override examples = ['kubectl gc meta list mayor', 'kubectl gc meta list mayor --output json']
  static override args = { name: sessionArg }
  static override flags = {
    output: Flags.option({
      char: 'o',
      helpValue: 'FORMAT',
      options: ['table', 'json', 'yaml'] as const,
      default: 'table',
      summary: 'One of table, json, yaml.',
    })(),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(MetaList)
    const name = sessionName(args.name)
    await using sessions = await this.sessions(flags)
    const meta = await sessions.provider.listMeta(name, { signal: this.runtime.signal })
    if (flags.output !== 'table') return void (await this.print(await structured(flags.output, meta)))
    const keys = Object.keys(meta).sort()
    if (keys.length === 0) return void (await this.note(`No metadata in session ${name}.`))
    await this.print(
      table(
        ['KEY', 'VALUE'],
        keys.map((key) => [key, meta[key] ?? '']),
      ),
    )
  }
}
