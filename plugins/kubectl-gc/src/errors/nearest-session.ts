import { nearest } from '@kubectl-gc/manifests/nearest'
import { isSessionError, type SessionNotFound } from '@kubectl-gc/session-provider'
import { quote } from '../flags/command-line.ts'
import type { Sessions } from '../runtime.ts'
import { UsageError } from './usage.ts'

/** Milliseconds that looking for the session that was meant may take. */
const PATIENCE = 2000

/**
 * The error of a session that is not there, with the command line for the one that was most likely meant; any other
 * error, and one that resembles no session, as it is.
 * @param words the command line behind `kubectl gc`
 */
export async function nameNearestSession(
  error: unknown,
  words: readonly string[],
  open: () => Promise<Sessions>,
): Promise<unknown> {
  if (!isSessionError(error) || error.name !== 'SessionNotFound') return error
  const { session, message } = error as SessionNotFound
  const meant = await nearestSession(session, open).catch(() => undefined)
  if (meant === undefined) return error
  const line = ['kubectl', 'gc', ...words.map((word) => (word === session ? meant : word))].map(quote)
  return new UsageError(message, line.join(' '), error)
}

async function nearestSession(session: string, open: () => Promise<Sessions>): Promise<string | undefined> {
  await using sessions = await open()
  const listed = await sessions.provider.list({ signal: AbortSignal.timeout(PATIENCE) })
  const running = listed.filter(({ name, phase }) => phase === 'Running' && name !== session)
  return nearest(
    session,
    running.map(({ name }) => name),
  )
}
