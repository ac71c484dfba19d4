import type { SessionInfo } from '@kubectl-gc/session-provider'
import type { Holding } from '../runtime.ts'
import { differences } from './fingerprint.ts'
import type { Wanted } from './sessions-of.ts'
import { fingerprintOf } from './settings.ts'

/** What making the cluster as the city's files say takes for one session. */
export interface Step {
  name: string
  /**
   * `await`: it is being started, as it should be. `leave`: somebody else than us started it. `refuse`: its name is
   * taken. `remove`: the city no longer has it.
   */
  action: 'start' | 'restart' | 'unchanged' | 'await' | 'leave' | 'refuse' | 'remove'
  /** Why, for people to read. */
  why: string
  /** The session that should be; undefined for one that should not. */
  wanted?: Wanted | undefined
  after: readonly string[]
}

/** What there is. */
export interface Found {
  /** The city's label. */
  city: string
  /** Session pods of the namespace, of all cities. */
  holdings: readonly Holding[]
  /** The sessions of this city, and of none. */
  sessions: readonly SessionInfo[]
}

/** The steps from what there is to what should be, by name; sessions that should not be come last. */
export function planOf(wanted: readonly Wanted[], found: Found): Step[] {
  const names = new Set(wanted.map(({ settings }) => settings.session))
  const steps = wanted.map((one) => {
    const name = one.settings.session
    return { name, wanted: one, after: one.after, ...stepFor(one, found) }
  })
  const obsolete = found.holdings.filter(({ session, city, fingerprint }) => {
    return city === found.city && fingerprint !== undefined && !names.has(session)
  })
  const removals = [...new Set(obsolete.map(({ session }) => session))].sort().map((name): Step => {
    return { name, action: 'remove', why: 'the city no longer has it', after: [] }
  })
  return [...steps, ...removals]
}

function stepFor({ settings }: Wanted, { city, holdings, sessions }: Found): Pick<Step, 'action' | 'why'> {
  const pods = holdings.filter(({ session }) => session === settings.session)
  const ours = pods.find((pod) => pod.city === city)
  const info = sessions.find(({ name }) => name === settings.session)
  if (ours === undefined) {
    const other = pods.find((pod) => pod.city !== undefined)
    if (other !== undefined) return { action: 'refuse', why: `another city (${other.city}) has a session of this name` }
    if (pods.length > 0) return { action: 'refuse', why: 'a session that belongs to no city has this name' }
    return { action: 'start', why: 'it is not there' }
  }
  if (ours.fingerprint === undefined) {
    return isOver(info)
      ? { action: 'start', why: 'it has ended' }
      : { action: 'leave', why: 'it was not started from the files' }
  }
  const parts = differences(ours.fingerprint, fingerprintOf(settings))
  if (info === undefined || info.phase === 'Stopping') return { action: 'start', why: 'it is being stopped' }
  if (info.phase === 'Finished') return whenFinished(settings.start.lifecycle === 'one_shot', parts, info)
  if (parts.length > 0) return { action: 'restart', why: `${parts.join(', ')} changed` }
  if (info.phase === 'Running') return { action: 'unchanged', why: '' }
  return {
    action: 'await',
    why: info.reason === undefined ? 'it is being started' : `it does not come up: ${info.reason}`,
  }
}

function whenFinished(isOneShot: boolean, parts: string[], { exitCode }: SessionInfo): Pick<Step, 'action' | 'why'> {
  if (isOneShot && exitCode === 0 && parts.length === 0) return { action: 'unchanged', why: 'it has done its work' }
  return { action: 'start', why: exitCode === undefined ? 'it has ended' : `it ended with exit code ${exitCode}` }
}

function isOver(info: SessionInfo | undefined): boolean {
  return info === undefined || info.phase === 'Finished' || info.phase === 'Stopping'
}
