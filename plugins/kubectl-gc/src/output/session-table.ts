import type { SessionInfo } from '@kubectl-gc/session-provider'
import { age } from './age.ts'
import { table } from './table.ts'

/** A session's state in one word: its phase, or what keeps it from the phase that it should have. */
function statusWord(session: SessionInfo): string {
  return session.reason ?? session.phase
}

/** `kubectl gc list`. Wide adds the pod, its node and its image. */
export function sessionTable(sessions: SessionInfo[], now: Date, wide: boolean): string {
  const headers = ['NAME', 'STATUS', 'AGE', 'AGENT', ...(wide ? ['POD', 'NODE', 'IMAGE'] : [])]
  const rows = sessions.map((session) => [
    session.name,
    statusWord(session),
    age(session.createdAt, now),
    session.agent,
    ...(wide ? [session.pod, session.node ?? '<none>', session.image] : []),
  ])
  return table(headers, rows)
}
