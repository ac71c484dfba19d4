import { InvalidArgument } from '../errors.ts'
import type { LogOptions } from '../provider.ts'

/**
 * Refuses the options for which a log must know when each line was printed, or keep an earlier run, where it does not.
 * @param place whose sessions these are, such as `of this machine`
 * @throws {InvalidArgument}
 */
export function assertPlainLog(options: LogOptions, place: string): void {
  const { timestamps, sinceSeconds, sinceTime, previous, limitBytes } = options
  if (previous) throw new InvalidArgument(`a session ${place} has no earlier run whose log is kept`)
  if (timestamps || sinceSeconds !== undefined || sinceTime !== undefined) {
    throw new InvalidArgument(`the log of a session ${place} does not tell when a line was printed`)
  }
  if (limitBytes !== undefined && limitBytes <= 0) {
    throw new InvalidArgument(`limitBytes must be greater than 0, not ${limitBytes}`)
  }
}

/** The beginning of a log. What it is read from is left once the last byte has been given. */
export async function* firstBytes(
  log: AsyncIterable<Uint8Array>,
  limitBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  let left = limitBytes
  for await (const chunk of log) {
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
}
