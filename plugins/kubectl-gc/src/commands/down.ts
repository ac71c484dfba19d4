import { GcCommand, type HelpGroup } from '../command.ts'
import { isUsageError } from '../errors/usage.ts'
import { cityFlag } from '../flags/city.ts'
import * as Flags from '../flags/define.ts'
import { type Target, targetOf } from '../flags/target.ts'

/** What is stopped at a time: a stop costs the cluster little. */
const parallel = 20

export default class Down extends GcCommand {
  static override group: HelpGroup = 'City'
  static override summary = 'Stop every session of a city.'
  static override description =
    'Also those that its files no longer have; never one of another city. A session stops before those that it depends on. Files that cannot be used are no obstacle: then all stop at once.'
  static override examples = ['kubectl gc down', 'kubectl gc down --city ~/my-city --grace-period 30']
  static override flags = {
    city: cityFlag,
    'grace-period': Flags.integer({
      helpValue: 'SECONDS',
      min: 0,
      summary: 'Seconds that each agent has to end by itself (default 5).',
    }),
    'dry-run': Flags.boolean({ summary: 'Say what would be stopped, and stop nothing.' }),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(Down)
    const { env, cwd, signal } = this.runtime
    const { cityFolder } = await import('../city/find.ts')
    const root = await cityFolder({ city: flags.city, env, cwd })
    const { target, dependents } = await this.readOrder(root, targetOf(flags))
    await using sessions = await this.runtime.openSessions(target, { city: root })
    const { cityLabel } = await import('@kubectl-gc/session-provider')
    const label = cityLabel(root)
    const ours = (await sessions.holdings(signal)).filter(({ city }) => city === label)
    const names = [...new Set(ours.map(({ session }) => session))].sort()
    if (names.length === 0)
      return void (await this.note(`No sessions of this city in namespace ${sessions.namespace}.`))
    if (flags['dry-run']) {
      for (const name of names) await this.print(`session/${name} stopped (dry run)\n`)
      return
    }
    const { inOrder } = await import('../city/graph.ts')
    const tasks = names.map((name) => ({ name, after: dependents.get(name) ?? [] }))
    const failures: unknown[] = []
    const stop = async ({ name }: { name: string }) => {
      try {
        const stopped = await sessions.provider.stop(name, { signal, gracePeriodSeconds: flags['grace-period'] })
        await this.print(`session/${name} ${stopped ? 'stopped' : 'not found'}\n`)
      } catch (error) {
        failures.push(error)
      }
    }
    await inOrder(tasks, stop, { limit: parallel, signal })
    signal.throwIfAborted()
    if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures)
  }

  /** For each session those that need it, as far as the files can be read. */
  private async readOrder(
    root: string,
    target: Target,
  ): Promise<{ target: Target; dependents: Map<string, string[]> }> {
    const { openCity, targetIn } = await import('../city/open.ts')
    const dependents = new Map<string, string[]>()
    try {
      const { city, wanted } = await openCity(root, this.runtime)
      for (const { settings, after } of wanted) {
        for (const name of after) dependents.set(name, [...(dependents.get(name) ?? []), settings.session])
      }
      return { target: targetIn(city, target, this.runtime.env), dependents }
    } catch (error) {
      if (!isUsageError(error)) throw error
      await this.note(`Warning: all sessions stop at once: ${error.message}`)
      return { target, dependents }
    }
  }
}
