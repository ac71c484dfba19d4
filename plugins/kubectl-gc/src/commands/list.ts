import type { SessionInfo } from '@kubectl-gc/session-provider'
import * as Flags from '@oclif/core/flags'
import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import { sessionList } from '../output/session-object.ts'
import { sessionTable } from '../output/session-table.ts'
import { structured } from '../output/structured.ts'
import type { Sessions } from '../runtime.ts'

export default class List extends GcCommand {
  static override summary = 'List sessions, with what keeps each from running.'
  static override examples = [
    'kubectl gc list',
    'kubectl gc list --namespace team-a --output wide',
    'kubectl gc list --prefix coder- --output name',
  ]
  static override flags = {
    output: Flags.option({
      char: 'o',
      helpValue: 'FORMAT',
      options: ['table', 'wide', 'json', 'yaml', 'name'] as const,
      default: 'table',
      summary: 'One of table, wide, json, yaml, name.',
    })(),
    prefix: Flags.string({ helpValue: 'TEXT', summary: 'Only sessions whose name begins with this.' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(List)
    const { signal, now } = this.runtime
    await using sessions = await this.sessions(flags)
    const all = await sessions.provider.list({ signal })
    if (all.length === 0) await this.refuseMissingNamespace(sessions)
    const listed = all.filter((session) => session.name.startsWith(flags.prefix ?? ''))
    if (flags.output === 'json' || flags.output === 'yaml') {
      return void (await this.print(await structured(flags.output, sessionList(listed))))
    }
    if (listed.length === 0) return void (await this.noteWhereOthersAre(sessions, flags.prefix))
    await this.print(flags.output === 'name' ? names(listed) : sessionTable(listed, now(), flags.output === 'wide'))
  }

  private async refuseMissingNamespace({ namespace, namespaceExists }: Sessions): Promise<void> {
    if ((await namespaceExists(this.runtime.signal)) !== false) return
    throw new UsageError(`namespace "${namespace}" not found`, `kubectl gc install --namespace ${namespace}`)
  }

  private async noteWhereOthersAre(sessions: Sessions, prefix: string | undefined): Promise<void> {
    const which = prefix === undefined ? '' : ` with prefix ${JSON.stringify(prefix)}`
    const elsewhere = await sessions.countByNamespace(this.runtime.signal)
    const others = [...(elsewhere ?? [])].filter(([namespace]) => namespace !== sessions.namespace)
    const counts = others.map(([namespace, count]) => `; ${count} in ${namespace}`).join('')
    await this.note(`No sessions${which} in namespace ${sessions.namespace}${counts}.`)
  }
}

function names(sessions: SessionInfo[]): string {
  return sessions.map((session) => `session/${session.name}\n`).join('')
}
