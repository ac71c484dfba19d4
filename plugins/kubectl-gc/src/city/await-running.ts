import type { SessionProvider } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'

/** Milliseconds that a session which somebody else starts is waited for: as long as gc waits for a start of its own. */
const patience = 60_000

/**
 * Resolves once a session that somebody else starts takes input.
 * @throws {UsageError} it has ended, or does not run in time
 */
export async function awaitRunning(provider: SessionProvider, name: string, signal: AbortSignal): Promise<void> {
  const late = AbortSignal.timeout(patience)
  let why = 'it is being started'
  try {
    for await (const { type, session } of provider.watch({ signal: AbortSignal.any([signal, late]) })) {
      if (session.name !== name) continue
      if (type === 'removed' || session.phase === 'Finished') throw failure(name, 'it has ended')
      if (session.phase === 'Running') return
      why = session.message ?? session.reason ?? why
    }
  } catch (error) {
    signal.throwIfAborted()
    if (!late.aborted) throw error
  }
  throw failure(name, why)
}

function failure(name: string, why: string): UsageError {
  return new UsageError(
    `session "${name}" did not come up: ${why}`,
    `see why: kubectl gc status ${name}; then run it again`,
  )
}
