import { isSessionError } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'
import type { SessionDefaults } from '../flags/target.ts'
import type { Sessions } from '../runtime.ts'
import { awaitRunning } from './await-running.ts'
import { inOrder, type Outcome } from './graph.ts'
import type { Step } from './plan.ts'
import { fingerprintOf, startConfigOf } from './settings.ts'

/** What a step came to, in a word. */
export type Result = 'started' | 'restarted' | 'unchanged' | 'left alone' | 'stopped' | 'not in the city'

export interface CarryOutOptions {
  /** The sessions of the city. */
  sessions: Sessions
  /** The same, for sessions whose pods are like that. */
  openFor: (pod: SessionDefaults) => Promise<Sessions>
  /** Stop what the city no longer has. */
  prune: boolean
  /** How many sessions may start at a time. */
  parallel: number
  signal: AbortSignal
  /** Told of what a start waits for. */
  onProgress: (step: string) => void
  onWarning: (warning: string) => void
  /** Told of each step that is done. */
  onDone: (step: Step, result: Result) => Promise<void>
}

/** Carries out a plan: what the city no longer has goes first, and a session starts once those that it needs run. */
export function carryOut(plan: readonly Step[], options: CarryOutOptions): Promise<Map<string, Outcome<Result>>> {
  const { parallel: limit, signal } = options
  const removals = plan.filter(({ action }) => action === 'remove')
  const others = plan.filter(({ action }) => action !== 'remove')
  const act = async (step: Step) => {
    const result = await carry(step, options)
    await options.onDone(step, result)
    return result
  }
  return inOrder([...removals, ...others], act, { limit, signal })
}

async function carry(step: Step, options: CarryOutOptions): Promise<Result> {
  const { name, action } = step
  const { sessions, signal, prune } = options
  switch (action) {
    case 'unchanged':
      return 'unchanged'
    case 'leave':
      return 'left alone'
    case 'refuse':
      throw refusal(step)
    case 'remove':
      if (!prune) return 'not in the city'
      await sessions.provider.stop(name, { signal })
      return 'stopped'
    case 'await':
      await awaitRunning(sessions.provider, name, signal)
      return 'unchanged'
    case 'restart':
      await sessions.provider.stop(name, { signal })
      return (await start(step, options)) ? 'restarted' : 'unchanged'
    case 'start':
      return (await start(step, options)) ? 'started' : 'unchanged'
  }
}

/** False where somebody else has started just this session meanwhile. */
async function start({ name, wanted }: Step, options: CarryOutOptions): Promise<boolean> {
  const { signal, onProgress, onWarning } = options
  if (wanted === undefined) throw new Error(`session "${name}" is to be started, and the city does not have it`)
  const { settings } = wanted
  const { provider } = await options.openFor(settings.pod)
  try {
    const session = await provider.start(name, startConfigOf(settings), {
      signal,
      onProgress: (step) => onProgress(`${name}: ${step}`),
      onWarning: (warning) => onWarning(`${name}: ${warning}`),
    })
    await session.close()
    return true
  } catch (error) {
    if (!isSessionError(error) || error.name !== 'SessionExists') throw error
    const holdings = await options.sessions.holdings(signal)
    const same = holdings.some((one) => one.session === name && one.fingerprint === fingerprintOf(settings))
    if (!same) throw error
    await awaitRunning(provider, name, signal)
    return false
  }
}

function refusal({ name, why }: Step): UsageError {
  const other = why.startsWith('another city')
  const suggestion = other
    ? 'give each city a namespace (--namespace NAME), or the session another name: workspace.session_template'
    : `end it: kubectl gc stop ${name}; or give the session another name: workspace.session_template`
  return new UsageError(`session "${name}" is not started: ${why}`, suggestion)
}
