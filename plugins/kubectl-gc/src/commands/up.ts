import type { CarryOutOptions, Result } from '../city/carry-out.ts'
import type { Outcome } from '../city/graph.ts'
import type { Step } from '../city/plan.ts'
import { Opened } from '../cluster/opened.ts'
import { GcCommand, type HelpGroup } from '../command.ts'
import { cityFlag } from '../flags/city.ts'
import * as Flags from '../flags/define.ts'
import { dryRunFlag } from '../flags/dry-run.ts'
import { type SessionDefaults, targetOf } from '../flags/target.ts'
import { startProgress } from '../output/progress.ts'
import type { Sessions } from '../runtime.ts'

export default class Up extends GcCommand {
  static override group: HelpGroup = 'City'
  static override summary = 'Start the sessions of a city, and restart those that its files have changed.'
  static override description =
    'Reads city.toml and agents/ of the current folder. A session starts once those that it depends on run; one that is as the files say goes on. Sessions of other cities are left alone. After a failure, run it again: it goes on with the rest.'
  static override examples = [
    'kubectl gc up',
    'kubectl gc up --dry-run client',
    'kubectl gc up --dry-run=server',
    'kubectl gc up --city ~/my-city --prune --parallel 10',
  ]
  static override bareValues = { 'dry-run': 'client' }
  static override flags = {
    city: cityFlag,
    prune: Flags.boolean({ summary: 'Stop sessions that were started from the files, and are no longer in them.' }),
    parallel: Flags.integer({
      helpValue: 'COUNT',
      min: 1,
      default: 5,
      summary: 'How many sessions start at a time (default 5).',
    }),
    'dry-run': dryRunFlag(),
  }

  async run(): Promise<undefined> {
    const { flags } = await this.parse(Up)
    const { openCity, planFor, targetIn } = await import('../city/open.ts')
    const opened = await openCity(flags.city, this.runtime)
    for (const note of opened.notes) await this.note(`Note: ${note}`)
    const { env, signal, openSessions } = this.runtime
    const target = targetIn(opened.city, targetOf(flags), env)
    await using pool = new Opened()
    const pods = new Map<string, Promise<Sessions>>()
    const openFor = (pod: SessionDefaults) => {
      const key = JSON.stringify(pod)
      const known = pods.get(key) ?? openSessions(target, pod).then((sessions) => pool.use(sessions))
      pods.set(key, known)
      return known
    }
    const sessions = await openFor({ city: opened.city.root })
    const plan = await planFor(opened, sessions, signal)
    if (plan.length === 0) await this.note(`City ${opened.city.name} has no agents to run.`)
    const prune = flags.prune ?? false
    if (flags['dry-run'] !== 'none') {
      const server = flags['dry-run'] === 'server'
      const { rehearse } = await import('../city/rehearse.ts')
      const print = (line: string) => this.print(line)
      const failures = await rehearse(plan, { openFor, prune, server, signal, print })
      if (failures.length > 0) throw oneOf(failures)
      return
    }
    await this.carryOut(plan, { sessions, openFor, prune, parallel: flags.parallel, signal })
  }

  private async carryOut(
    plan: Step[],
    options: Pick<CarryOutOptions, 'sessions' | 'openFor' | 'prune' | 'parallel' | 'signal'>,
  ) {
    const { carryOut } = await import('../city/carry-out.ts')
    using progress = startProgress(this.runtime.stderr)
    const outcomes = await carryOut(plan, {
      ...options,
      onProgress: progress.step,
      onWarning: (warning) => {
        void this.note(`Warning: ${warning}`)
      },
      onDone: (step, result) => {
        return this.print(`session/${step.name} ${result}${hint(step, result)}\n`)
      },
    })
    await this.tellFailures(outcomes)
  }

  private async tellFailures(outcomes: Map<string, Outcome<Result>>): Promise<void> {
    const failures = [...outcomes.values()].flatMap((outcome) => ('failed' in outcome ? [outcome.failed] : []))
    if (failures.length === 0) return
    for (const [name, outcome] of outcomes) {
      if ('skipped' in outcome) await this.note(`session/${name} skipped: it needs ${outcome.skipped}`)
    }
    const done = [...outcomes.values()].filter((outcome) => 'done' in outcome).length
    await this.note(`${done} of ${outcomes.size} sessions are done; the same command goes on with the rest.`)
    this.runtime.signal.throwIfAborted()
    throw oneOf(failures)
  }
}

function oneOf(failures: unknown[]): unknown {
  return failures.length === 1 ? failures[0] : new AggregateError(failures)
}

function hint({ why }: Step, result: Result): string {
  if (result === 'not in the city') return '; --prune stops it'
  return result === 'restarted' || result === 'left alone' ? `: ${why}` : ''
}
