import type { SessionInfo } from '@kubectl-gc/session-provider'
import { namespaceNotFound } from '../cluster/namespace.ts'
import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import * as Flags from '../flags/define.ts'
import { choiceFlags, outputFlag } from '../flags/output.ts'
import { sessionArgs } from '../flags/session.ts'
import { targetOf } from '../flags/target.ts'
import { chooser, describeChoice } from '../list/choose.ts'
import { ListView } from '../list/view.ts'
import { watchList } from '../list/watch.ts'
import { relaxedJsonPath } from '../output/jsonpath/jsonpath.ts'
import { isObjectFormat } from '../output/print-sessions.ts'
import { sortSessions } from '../output/sort.ts'
import type { Sessions } from '../runtime.ts'
import { sessionName } from '../session-name.ts'

export default class List extends GcCommand {
  static override summary = 'List sessions, with what keeps each from running.'
  static override description =
    'Wide asks each running session when its terminal last changed and what stands on it last. With --watch a terminal is repainted at each change, a pipe gets a line for each.'
  static override examples = [
    'kubectl gc list',
    'kubectl gc list mayor coder-1',
    'kubectl gc list --all-namespaces --output wide',
    'kubectl gc list --selector gc-agent=coder --field-selector status.phase=Running --output name',
    'kubectl gc list --output jsonpath=\'{range .items[*]}{.metadata.name}{"\\n"}{end}\'',
    'kubectl gc list --sort-by .metadata.creationTimestamp --watch',
  ]
  static override args = { name: sessionArgs }
  static override flags = {
    output: outputFlag(),
    'all-namespaces': Flags.boolean({ char: 'A', summary: 'Sessions of every namespace.' }),
    ...choiceFlags,
    'sort-by': Flags.string({
      helpValue: 'JSONPATH',
      summary: 'Sort by this field, such as .metadata.creationTimestamp.',
    }),
    'no-headers': Flags.boolean({ summary: 'No headers above the table.' }),
    'show-labels': Flags.boolean({ summary: 'Show the labels in a column.' }),
    watch: Flags.boolean({ char: 'w', summary: 'Go on with each change.' }),
    'watch-only': Flags.boolean({ summary: 'Only changes from now on.' }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(List)
    const names = [...new Set(((args.name ?? []) as unknown as string[]).map(sessionName))]
    const { output = { kind: 'table' as const }, 'all-namespaces': allNamespaces } = flags
    if (names.length > 0 && (allNamespaces || describeChoice(flags) !== '')) {
      throw new UsageError('names cannot be given together with selectors or --all-namespaces', 'kubectl gc list NAME')
    }
    const isChosen = chooser(flags)
    const isMeant = (session: SessionInfo) => isChosen(session) && (names.length === 0 || names.includes(session.name))
    const path = flags['sort-by']
    const key = path === undefined ? undefined : relaxedJsonPath(path)
    const sort = (found: SessionInfo[]) => (key === undefined ? found : sortSessions(found, key, path ?? ''))
    const { signal } = this.runtime
    await using sessions = await this.sessions(flags)
    const all = await sessions.provider.list({ signal, allNamespaces })
    if (all.length === 0 && !allNamespaces) await this.refuseMissingNamespace(sessions)
    const listed = sort(all.filter(isMeant))
    const openIn = (namespace: string) => this.runtime.openSessions({ ...targetOf(flags), namespace })
    await using view = new ListView({
      ...{ format: output, sessions, allNamespaces, openIn, runtime: this.runtime },
      ...{ headers: !flags['no-headers'], labels: flags['show-labels'] },
    })
    const print = (text: string) => this.print(text)
    if (flags.watch || flags['watch-only']) {
      const changes = sessions.provider.watch({ signal, allNamespaces })
      const only = flags['watch-only']
      return await watchList({ listed, changes, isMeant, sort, view, print, only, stdout: this.runtime.stdout })
    }
    if (names.length > 0) return await this.showNamed(view, listed, names)
    if (listed.length > 0 || isObjectFormat(output)) return void (await print(await view.show(listed)))
    await this.noteWhereOthersAre(sessions, allNamespaces, describeChoice(flags))
  }

  /** One that is asked for by itself is printed as an object, not as a list of one. */
  private async showNamed(view: ListView, found: SessionInfo[], names: string[]): Promise<undefined> {
    const [only] = found
    if (only !== undefined && names.length === 1)
      await this.print(await view.showChange({ type: 'added', session: only }))
    else if (found.length > 0) await this.print(await view.show(found))
    const missing = names.filter((name) => !found.some((session) => session.name === name))
    const errors = missing.map((name) => new UsageError(`session "${name}" not found`, 'kubectl gc list'))
    if (errors.length === 1) throw errors[0]
    if (errors.length > 1) throw new AggregateError(errors)
  }

  private async refuseMissingNamespace({ namespace, namespaceExists }: Sessions): Promise<void> {
    if (!(await namespaceExists(this.runtime.signal))) throw namespaceNotFound(namespace)
  }

  private async noteWhereOthersAre(sessions: Sessions, allNamespaces: boolean, which: string): Promise<void> {
    if (allNamespaces) return this.note(`No sessions${which} in any namespace.`)
    const elsewhere = await sessions.countByNamespace(this.runtime.signal)
    const others = [...(elsewhere ?? [])].filter(([namespace]) => namespace !== sessions.namespace)
    const counts = others.map(([namespace, count]) => `; ${count} in ${namespace}`).join('')
    await this.note(`No sessions${which} in namespace ${sessions.namespace}${counts}.`)
  }
}
