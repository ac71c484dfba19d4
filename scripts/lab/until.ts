import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks again and again until the answer is something, and returns it.
 * @param ask gives undefined for "not yet"; what it throws is thrown
 * @param milliseconds how long to go on asking
 * @param pause milliseconds between two questions, 100 by default
 * @returns undefined when the time ran out
 */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  milliseconds: number,
  pause = 100,
): Promise<T | undefined> {
  const deadline = performance.now() + milliseconds
  for (;;) {
    const answer = await ask()
    if (answer !== undefined || performance.now() >= deadline) return answer
    await delay(pause)
  }
}
