import { isDeepStrictEqual } from 'node:util'
import { abortable } from '../deadline.ts'
import type { SessionChange, SessionInfo } from '../provider.ts'

/**
 * The sessions of a place that can only be listed, as `added`, then every change between one list and the next.
 * @param next resolves when it is time for the next list; asked before each, so that nothing in between is missed
 */
export async function* changesOf(
  list: () => Promise<SessionInfo[]>,
  next: () => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<SessionChange> {
  const known = new Map<string, SessionInfo>()
  for (;;) {
    signal.throwIfAborted()
    const due = abortable(next(), signal)
    due.catch(() => {}) // told when it is waited for
    const now = new Map((await list()).map((session) => [session.name, session]))
    for (const name of new Set([...known.keys(), ...now.keys()])) {
      const change = compare(known.get(name), now.get(name))
      if (change === undefined) continue
      if (change.type === 'removed') known.delete(name)
      else known.set(name, change.session)
      yield change
    }
    await due
  }
}

/** What has become of one session; undefined: nothing. */
export function compare(before: SessionInfo | undefined, now: SessionInfo | undefined): SessionChange | undefined {
  if (now === undefined) return before === undefined ? undefined : { type: 'removed', session: before }
  if (before === undefined) return { type: 'added', session: now }
  return isDeepStrictEqual(before, now) ? undefined : { type: 'changed', session: now }
}
