import { GcCommand } from '../command.ts'
import * as Flags from '../flags/define.ts'
import { sessionArgs } from '../flags/session.ts'
import { namesOf, naming, namingFlags } from '../list/named.ts'
import type { Sessions } from '../runtime.ts'

export default class Stop extends GcCommand {
  static override summary = 'End sessions and free their names.'
  static override description = 'Stopping a session that is not there succeeds.'
  static override examples = [
    'kubectl gc stop mayor',
    'kubectl gc stop coder-1 coder-2 --grace-period 30',
    'kubectl gc stop --selector gc-agent=coder',
  ]
  static override args = { name: sessionArgs }
  static override flags = {
    ...namingFlags,
    'grace-period': Flags.integer({
      helpValue: 'SECONDS',
      min: 0,
      summary: 'Seconds that the agent has to end by itself (default 5).',
    }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Stop)
    const meant = naming(args.name, flags, 'kubectl gc stop NAME')
    await using sessions = await this.sessions(flags)
    const names = await namesOf(meant, sessions.provider, this.runtime.signal)
    if (names.length === 0) return void (await this.note(`No sessions to stop in namespace ${sessions.namespace}.`))
    const results = await Promise.allSettled(names.map((name) => this.stop(sessions, name, flags['grace-period'])))
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    if (failures.length === 1) throw failures[0]
    if (failures.length > 1) throw new AggregateError(failures)
  }

  private async stop({ provider }: Sessions, name: string, gracePeriodSeconds: number | undefined): Promise<void> {
    const { signal } = this.runtime
    const stopped = await provider.stop(name, { signal, gracePeriodSeconds })
    await this.print(`session/${name} ${stopped ? 'stopped' : 'not found'}\n`)
  }
}
