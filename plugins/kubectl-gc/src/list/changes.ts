import { isDeepStrictEqual } from 'node:util'
import { type SessionChange, type SessionInfo, toSessionObject } from '@kubectl-gc/session-provider'
import { keyOf } from './live.ts'

/** Changes to the sessions that are meant, without what has been listed already and what changes nothing that is shown. */
export async function* changesSince(
  listed: SessionInfo[],
  changes: AsyncIterable<SessionChange>,
  isMeant: (session: SessionInfo) => boolean,
): AsyncGenerator<SessionChange> {
  const known = new Map(listed.map((session) => [keyOf(session), session]))
  for await (const { type, session } of changes) {
    const before = known.get(keyOf(session))
    if (type === 'removed' || !isMeant(session)) {
      known.delete(keyOf(session))
      if (before !== undefined) yield { type: 'removed', session }
      continue
    }
    known.set(keyOf(session), session)
    if (before !== undefined && isDeepStrictEqual(toSessionObject(before), toSessionObject(session))) continue
    yield { type: before === undefined ? 'added' : 'changed', session }
  }
}
