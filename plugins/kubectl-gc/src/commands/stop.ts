import { GcCommand } from '../command.ts'
import * as Flags from '../flags/define.ts'
import { sessionArgs } from '../flags/session.ts'
import type { Sessions } from '../runtime.ts'
import { sessionName } from '../session-name.ts'

export default class Stop extends GcCommand {
  static override summary = 'End sessions and free their names.'
  static override description = 'Stopping a session that is not there succeeds.'
  static override examples = ['kubectl gc stop mayor', 'kubectl gc stop coder-1 coder-2 --grace-period 30']
  static override args = { name: sessionArgs }
  static override flags = {
    'grace-period': Flags.integer({
      helpValue: 'SECONDS',
      min: 0,
      summary: 'Seconds that the agent has to end by itself (default 5).',
    }),
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Stop)
    const names = [...new Set((args.name as unknown as string[]).map(sessionName))]
    await using sessions = await this.sessions(flags)
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
