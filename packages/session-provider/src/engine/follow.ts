import { setTimeout as delay } from 'node:timers/promises'
import { abortable } from '../deadline.ts'
import { isSessionError } from '../errors.ts'
import type { Session } from '../session.ts'

/** Milliseconds between two looks. A look costs a round trip on the kept stream, under a millisecond in the session. */
const INTERVAL = 150

/** Milliseconds within which a session that was lost must be reached again, or be known to be over. */
const PATIENCE = 15_000

/**
 * What a session shows: at once, then at each change, until the session ends or the signal aborts. A connection that is
 * lost is made again.
 * @param open opens the session
 * @param look reads what it shows
 * @throws {SessionNotFound} it was not running to begin with
 */
export async function* follow(
  open: () => Promise<Session>,
  look: (session: Session) => Promise<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  let shown: string | undefined
  for (let session: Session | undefined = await open(); session !== undefined; session = await reopen(open, signal)) {
    for await (const screen of looks(session, look, signal)) {
      if (screen !== shown) yield screen
      shown = screen
    }
  }
}

/** What it shows at every look, until its stream ends. */
async function* looks(
  session: Session,
  look: (session: Session) => Promise<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  let over = false
  const closed = session.closed.then(() => {
    over = true
  })
  while (!over) {
    signal?.throwIfAborted()
    try {
      yield await unlessAborted(look(session), signal)
    } catch (error) {
      if (signal?.aborted || !isSessionError(error)) throw error
      return
    }
    await Promise.race([pause(signal), closed])
  }
}

/** Undefined when the session is over. A cluster that cannot say so for a moment is asked again. */
async function reopen(open: () => Promise<Session>, signal: AbortSignal | undefined): Promise<Session | undefined> {
  const deadline = performance.now() + PATIENCE
  for (;;) {
    await pause(signal)
    try {
      return await open()
    } catch (error) {
      if (isSessionError(error) && error.name === 'SessionNotFound') return undefined
      if (signal?.aborted || performance.now() > deadline) throw error
    }
  }
}

function pause(signal: AbortSignal | undefined): Promise<void> {
  return unlessAborted(delay(INTERVAL), signal)
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return signal === undefined ? promise : abortable(promise, signal)
}
