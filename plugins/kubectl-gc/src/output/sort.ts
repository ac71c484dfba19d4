import { type SessionInfo, toSessionObject } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'
import type { JsonPath } from './jsonpath/jsonpath.ts'

/**
 * Sessions in the order of what a path finds in each; those in which it finds nothing come first.
 * @throws {UsageError} it finds nothing in any of them, or what has no order
 */
export function sortSessions(sessions: SessionInfo[], path: JsonPath, written: string): SessionInfo[] {
  const keyed = sessions.map((session) => ({ session, key: path.find(toSessionObject(session)).flat()[0] }))
  if (keyed.length > 0 && keyed.every(({ key }) => key === undefined)) {
    throw new UsageError(
      `couldn't find any field with path "${written}" in the list of objects`,
      'kubectl gc list --output yaml',
    )
  }
  for (const { key } of keyed) {
    if (typeof key === 'object') throw new UsageError(`unsortable field: "${written}" is no text and no number`)
  }
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ session }) => session)
}

function compareKeys(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return naturally(String(a), String(b))
}

/** Text order, but for numbers in it, which count as such: coder-2 comes before coder-10. */
export function naturally(a: string, b: string): number {
  const [as, bs] = [chunksOf(a), chunksOf(b)]
  for (let index = 0; index < Math.min(as.length, bs.length); index += 1) {
    const [one = '', other = ''] = [as[index], bs[index]]
    const both = /^\d/.test(one) && /^\d/.test(other)
    const difference = both ? Number(one) - Number(other) : 0
    if (difference !== 0) return difference
    if (one !== other) return one < other ? -1 : 1
  }
  return as.length - bs.length
}

function chunksOf(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? []
}
