import { setTimeout as delay } from 'node:timers/promises'
import { isSessionError, type Session } from '@kubectl-gc/session-provider'

const interval = 250
/** Milliseconds within which a session that was lost must be reached again, or be known to be over. */
const patience = 15_000

export interface FollowOptions {
  /** Opens the session; called again when the connection was lost. */
  open: () => Promise<Session>
  /** How many lines of the pane's end to look at. */
  lines: () => number
  signal: AbortSignal
}

/**
 * The pane each time that it has changed, until the session ends or the signal aborts.
 * @throws {SessionNotFound} it was not running to begin with
 */
export async function* followPane({ open, lines, signal }: FollowOptions): AsyncGenerator<string> {
  let shown: string | undefined
  for (let next = await open(); ; ) {
    await using session = next
    for await (const pane of changes(session, lines, signal)) {
      if (pane !== shown) yield pane
      shown = pane
    }
    const again = await openUnlessOver(open, signal)
    if (again === undefined) return
    next = again
  }
}

/** The pane at every look, until the stream ends. */
async function* changes(session: Session, lines: () => number, signal: AbortSignal): AsyncGenerator<string> {
  let over = false
  const closed = session.closed
    .catch(() => undefined)
    .then(() => {
      over = true
    })
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  aborted.catch(() => undefined)
  while (!over) {
    signal.throwIfAborted()
    try {
      yield await Promise.race([session.peek({ lines: lines() }), aborted])
    } catch (error) {
      if (!isSessionError(error)) throw error
      return
    }
    await Promise.race([delay(interval, undefined, { signal }), closed])
  }
}

/** Undefined when the session is over. A cluster that cannot say so for a moment is asked again. */
async function openUnlessOver(open: () => Promise<Session>, signal: AbortSignal): Promise<Session | undefined> {
  const deadline = performance.now() + patience
  for (;;) {
    await delay(interval, undefined, { signal })
    try {
      return await open()
    } catch (error) {
      if (isSessionError(error) && error.name === 'SessionNotFound') return undefined
      if (signal.aborted || performance.now() > deadline) throw error
    }
  }
}
