import { setTimeout as delay } from 'node:timers/promises'
import { isSessionError, type SessionProvider } from '@kubectl-gc/session-provider'
import type { Condition } from './condition.ts'

/** Milliseconds between looks at a screen. */
const look = 200

/**
 * Waits until a running session's screen is as it is waited to be. A stream that is cut is opened again.
 * @param once whether to look once, and not to wait
 * @returns whether it was so
 * @throws {SessionNotFound} it runs no more
 */
export async function untilScreen(
  provider: Pick<SessionProvider, 'open'>,
  name: string,
  isMet: (Condition & { kind: 'screen' })['isMet'],
  { once, signal }: { once: boolean; signal: AbortSignal },
): Promise<boolean> {
  let screen: string | undefined
  let changed = performance.now()
  for (;;) {
    await using session = await provider.open(name, { signal })
    try {
      for (;;) {
        const now = await session.peek()
        if (now !== screen) changed = performance.now()
        screen = now
        if (isMet(now, performance.now() - changed)) return true
        if (once) return false
        await delay(look, undefined, { signal })
      }
    } catch (error) {
      if (!isSessionError(error)) throw error
    }
    await delay(look, undefined, { signal })
  }
}
