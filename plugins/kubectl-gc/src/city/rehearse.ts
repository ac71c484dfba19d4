import type { SessionDefaults } from '../flags/target.ts'
import type { Sessions } from '../runtime.ts'
import type { Step } from './plan.ts'
import { startConfigOf } from './settings.ts'

interface Rehearsal {
  /** Whether the API server is asked if it would take each pod. */
  server: boolean
  /** What the city no longer has would be stopped. */
  prune: boolean
  /** The sessions, for those whose pods are like that. */
  openFor: (pod: SessionDefaults) => Promise<Sessions>
  signal: AbortSignal
  print: (line: string) => Promise<void>
}

/**
 * Says what carrying out a plan would do, one session a line, and does nothing.
 * @returns why sessions could not be started, of which no line is printed
 */
export async function rehearse(plan: readonly Step[], rehearsal: Rehearsal): Promise<unknown[]> {
  const { server, prune, signal, print } = rehearsal
  const how = server ? 'server dry run' : 'dry run'
  const failures: unknown[] = []
  for (const step of plan) {
    try {
      await preview(step, rehearsal)
      await print(`session/${step.name} ${intention(step, prune)} (${how})\n`)
    } catch (error) {
      signal.throwIfAborted()
      failures.push(error)
    }
  }
  return failures
}

async function preview({ name, action, wanted }: Step, { server, openFor, signal }: Rehearsal): Promise<void> {
  if (wanted === undefined || (action !== 'start' && action !== 'restart')) return
  const { settings } = wanted
  const { provider } = await openFor(settings.pod)
  await provider.preview(name, startConfigOf(settings), { server, replace: action === 'restart', signal })
}

function intention({ action, why }: Step, prune: boolean): string {
  switch (action) {
    case 'start':
    case 'restart':
      return `${action}ed: ${why}`
    case 'await':
    case 'unchanged':
      return 'unchanged'
    case 'leave':
      return `left alone: ${why}`
    case 'refuse':
      return `refused: ${why}`
    case 'remove':
      return prune ? `stopped: ${why}` : 'not in the city; --prune stops it'
  }
}
