import type { SessionChange, SessionInfo } from '@kubectl-gc/session-provider'
import { keyOf } from './live.ts'

/** Milliseconds within which changes are told as one. */
const together = 50

/**
 * A drawing of the sessions at once, at each change, and after each interval, until the changes end or fail.
 * @param draw what is there now, in the order in which it came
 * @param interval milliseconds after which it is drawn again though nothing has changed
 */
export async function* frames(
  listed: SessionInfo[],
  changes: AsyncIterable<SessionChange>,
  draw: (sessions: SessionInfo[]) => Promise<string>,
  interval: number,
): AsyncGenerator<string> {
  const known = new Map(listed.map((session) => [keyOf(session), session]))
  let ring = () => {}
  let over: { error?: unknown } | undefined
  const follow = async () => {
    for await (const { type, session } of changes) {
      if (type === 'removed') known.delete(keyOf(session))
      else known.set(keyOf(session), session)
      ring()
    }
  }
  follow().then(
    () => {
      over = {}
      ring()
    },
    (error) => {
      over = { error }
      ring()
    },
  )
  for (let drawn: string | undefined; over === undefined; ) {
    const next = await draw([...known.values()])
    if (next !== drawn) yield next
    drawn = next
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, interval)
      ring = () => {
        clearTimeout(timer)
        setTimeout(resolve, together)
      }
      if (over !== undefined) ring()
    })
  }
  if (over !== undefined && 'error' in over) throw over.error
}
