import { setTimeout as delay } from 'node:timers/promises'

/** Milliseconds between looks whether the API server answers, and for one answer. */
const PAUSE = 2000
const PATIENCE = 3000
/** Milliseconds after which what nobody has confirmed is old; with the pause of what draws it, 5 s at most. */
const OLD = 4000

/** Since when a list that changes live has not been known to be as it is in the cluster. */
export class Freshness {
  #isLive = false
  #confirmed: { at: number; date: Date }

  /** @param date now */
  constructor(date: Date) {
    this.#confirmed = { at: performance.now(), date }
  }

  /** Tells whether changes are heard of from now on. */
  live(isLive: boolean, date: Date): void {
    this.#isLive = isLive
    this.answered(date)
  }

  /** Tells that the API server has answered: while changes are heard of, the list is right. */
  answered(date: Date): void {
    if (this.#isLive) this.#confirmed = { at: performance.now(), date }
  }

  /** When the list was last known to be right, if that is too long ago; undefined: it is right. */
  get oldSince(): Date | undefined {
    return performance.now() - this.#confirmed.at < OLD ? undefined : this.#confirmed.date
  }
}

/**
 * Asks again and again until the signal aborts, and tells of each answer.
 * @param ask rejects where there is no answer
 */
export async function keepAsking(
  ask: (signal: AbortSignal) => Promise<void>,
  onAnswer: () => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const pause = delay(PAUSE, undefined, { signal }).catch(() => {})
    await ask(AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)])).then(onAnswer, () => {})
    await pause
  }
}
