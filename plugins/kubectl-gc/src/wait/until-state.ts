import { setTimeout as delay } from 'node:timers/promises'
import type { SessionInfo, SessionProvider } from '@kubectl-gc/session-provider'
import type { Condition } from './condition.ts'

/** Milliseconds after which sessions are looked at though the watch has told of no change. */
const lookAgain = 2000

export interface Waiting {
  provider: Pick<SessionProvider, 'list' | 'watch'>
  names: string[]
  isMet: (Condition & { kind: 'state' })['isMet']
  /** Told of each session that is as it is waited to be. */
  onMet: (name: string) => Promise<void>
  /** Look once, and do not wait. */
  once: boolean
  signal: AbortSignal
}

/** What became of a wait that ended before every session was as it was waited to be. */
export interface Unmet {
  /** The sessions that were not, as they were last; undefined: not there. */
  pending: Map<string, SessionInfo | undefined>
  errors: unknown[]
}

/**
 * Waits until all sessions are as they are waited to be, will never be, or the signal aborts. The watch only says when
 * to look: what counts is the list.
 */
export async function untilState({ provider, names, isMet, onMet, once, signal }: Waiting): Promise<Unmet> {
  const pending = new Map<string, SessionInfo | undefined>(names.map((name) => [name, undefined]))
  const errors: unknown[] = []
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  let bell = Promise.withResolvers<void>()
  const watch = async () => {
    for await (const { session } of provider.watch({ signal: either })) if (pending.has(session.name)) bell.resolve()
  }
  watch().catch(() => {}) // who may not watch is served by looking
  try {
    for (;;) {
      bell = Promise.withResolvers()
      const found = new Map((await provider.list({ signal: either })).map((session) => [session.name, session]))
      for (const name of [...pending.keys()]) {
        pending.set(name, found.get(name))
        try {
          if (!isMet(name, found.get(name))) continue
          await onMet(name)
        } catch (error) {
          errors.push(error)
        }
        pending.delete(name)
      }
      if (pending.size === 0 || once) return { pending, errors }
      await Promise.race([bell.promise, delay(lookAgain, undefined, { signal: either })])
    }
  } catch (error) {
    if (!signal.aborted) throw error
    return { pending, errors }
  } finally {
    over.abort()
  }
}
