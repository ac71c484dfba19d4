import { complete, type Lookup } from './complete.ts'
import generated from './generated/table.json' with { type: 'json' }
import { nothing, type Reply, replyText } from './reply.ts'
import type { Table } from './table.ts'

/** Milliseconds that a person waits for a completion at most. */
const PATIENCE = 1500

/**
 * The text that answers one completion: never an error, since it would appear in the middle of what a person types, and
 * never later than 1.5 s. What cannot be looked up in that time is not offered.
 * @param words what follows `kubectl gc`, up to the word under the cursor, which comes last and is often empty
 */
export async function answer(words: readonly string[]): Promise<string> {
  const table = generated as unknown as Table
  const { promise: late, resolve } = Promise.withResolvers<Reply>()
  const lookup: Lookup = async (...query) => {
    const signal = AbortSignal.timeout(PATIENCE)
    signal.addEventListener('abort', () => resolve(nothing))
    const { lookupHere } = await import('./lookup.ts')
    return await lookupHere(signal)(...query)
  }
  return replyText(await Promise.race([complete(words, table, lookup).catch(() => nothing), late]))
}
