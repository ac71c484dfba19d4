import type { SessionInfo } from '@kubectl-gc/session-provider'
import { age } from './age.ts'

/**
 * Labels and their values, the values aligned, as `kubectl describe` prints them. Undefined values are left out,
 * an empty label goes on with the value above.
 */
export function fields(pairs: [label: string, value: string | undefined][]): string {
  const known = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined)
  const width = Math.max(...known.map(([label]) => label.length)) + 4
  return known.map(([label, value]) => `${(label === '' ? '' : `${label}:`).padEnd(width)}${value}\n`).join('')
}

/** What only the session itself can tell. */
export interface LiveFields {
  meta: Record<string, string>
  lastActivity: Date
  isAttached: boolean
}

/** What `kubectl gc status` says of one session. */
export function describeSession(session: SessionInfo, live: LiveFields | undefined, now: Date): string {
  const meta = live?.meta ?? session.meta
  const keys = Object.keys(meta).sort()
  const [firstKey, ...otherKeys] = keys
  return fields([
    ['Name', session.name],
    ['Namespace', session.namespace],
    ['Status', session.phase],
    ['Reason', session.reason],
    ['Message', session.message],
    ['Exit Code', session.exitCode?.toString()],
    ['Agent', session.agent],
    ['Pod', session.pod],
    ['Node', session.node ?? '<none>'],
    ['Image', session.image],
    ['Age', age(session.createdAt, now)],
    ['Activity', live && `${age(live.lastActivity, now)} ago${live.isAttached ? ', and somebody is attached' : ''}`],
    ['Meta', firstKey === undefined ? '<none>' : `${firstKey}=${meta[firstKey]}`],
    ...otherKeys.map((key): [string, string] => ['', `${key}=${meta[key]}`]),
  ])
}
