/** The figures of one series of times, in milliseconds. */
export interface Figures {
  min: number
  median: number
  p99: number
  n: number
}

/** Nearest-rank percentiles. @throws {RangeError} no times */
export function figures(times: readonly number[]): Figures {
  if (times.length === 0) throw new RangeError('no times')
  const sorted = [...times].sort((a, b) => a - b)
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number
  return { min: rank(0), median: rank(0.5), p99: rank(0.99), n: sorted.length }
}

/** Milliseconds until the action has settled. */
export async function time(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await action()
  return performance.now() - started
}
