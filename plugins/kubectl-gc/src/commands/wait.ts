import { GcCommand } from '../command.ts'
import { UsageError } from '../errors/usage.ts'
import * as Flags from '../flags/define.ts'
import { durationFlag } from '../flags/duration.ts'
import { sessionArgs } from '../flags/session.ts'
import { namesOf, naming, namingFlags } from '../list/named.ts'
import type { Sessions } from '../runtime.ts'
import { type Condition, conditionForms, parseCondition } from '../wait/condition.ts'
import { untilScreen } from '../wait/until-screen.ts'
import { type Unmet, untilState } from '../wait/until-state.ts'

const week = 7 * 24 * 3_600_000
const running = parseCondition('running') as Condition & { kind: 'state' }

export default class Wait extends GcCommand {
  static override summary = 'Wait until sessions run, have ended, are gone, or show something.'
  static override description =
    'prompt=TEXT waits for a line that begins with the text, idle=DURATION for a terminal that stays the same for so long. Exits with 1 when the time is up.'
  static override examples = [
    'kubectl gc wait mayor --for running',
    'kubectl gc wait coder-1 coder-2 --for finished --timeout 30m',
    "kubectl gc wait mayor --for prompt='>' && kubectl gc nudge mayor 'go on'",
    'kubectl gc wait mayor --for delete --timeout 60s',
    "kubectl gc wait mayor --for jsonpath='{.status.meta.task}'=done",
  ]
  static override args = { name: sessionArgs }
  static override flags = {
    for: Flags.string({ helpValue: 'CONDITION', summary: `One of ${conditionForms}.` }),
    timeout: durationFlag({ default: 30_000, summary: 'How long to wait (default 30s); 0: look once.' }),
    ...namingFlags,
  }

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Wait)
    if (flags.for === undefined) {
      throw new UsageError(`--for is needed: ${conditionForms}`, 'kubectl gc wait NAME --for running')
    }
    const condition = parseCondition(flags.for)
    const meant = naming(args.name, flags, 'kubectl gc wait NAME --for running')
    await using sessions = await this.sessions(flags)
    const names = await namesOf(meant, sessions.provider, this.runtime.signal)
    if (names.length === 0) throw new UsageError('no matching sessions found', 'kubectl gc list --show-labels')
    const once = flags.timeout === 0
    const time = AbortSignal.timeout(once ? week : Math.min(flags.timeout, week))
    const signal = AbortSignal.any([this.runtime.signal, time])
    const errors = await this.wait(sessions, names, condition, { once, signal })
    this.runtime.signal.throwIfAborted()
    if (errors.length === 1) throw errors[0]
    if (errors.length > 1) throw new AggregateError(errors)
  }

  private async wait({ provider }: Sessions, names: string[], condition: Condition, options: Patience) {
    const { signal } = options
    const onMet = (name: string) => this.print(`session/${name} condition met\n`)
    if (condition.kind === 'state') {
      return failures(await untilState({ provider, names, isMet: condition.isMet, onMet, ...options }))
    }
    const errors: unknown[] = []
    const up: string[] = []
    const unmet = await untilState({
      ...{ provider, names, isMet: running.isMet, ...options },
      onMet: async (name) => void up.push(name),
    })
    const looking = up.map(async (name) => {
      try {
        if (await untilScreen(provider, name, condition.isMet, options)) await onMet(name)
        else errors.push(timedOut(name, undefined))
      } catch (error) {
        errors.push(signal.aborted ? timedOut(name, undefined) : error)
      }
    })
    await Promise.all(looking)
    return [...failures(unmet), ...errors]
  }
}

interface Patience {
  once: boolean
  signal: AbortSignal
}

function failures({ pending, errors }: Unmet): unknown[] {
  const late = [...pending].map(([name, session]) => timedOut(name, session?.message ?? session?.phase))
  return [...errors, ...late]
}

function timedOut(name: string, state: string | undefined): UsageError {
  const why = state === undefined ? '' : `: ${state}`
  return new UsageError(`timed out waiting for the condition on session/${name}${why}`, `kubectl gc status ${name}`)
}
