const first = 800
const longest = 30_000
const healthyAfter = 120_000

/** How long to wait before the next try: 0.8 s, doubling to 30 s, up to twice that by chance; afresh after 2 healthy minutes. */
export class Backoff {
  #next = first
  #last = 0

  /** Milliseconds to wait now. */
  step(now = Date.now(), random = Math.random): number {
    if (now - this.#last > healthyAfter) this.#next = first
    const wait = this.#next * (1 + random())
    this.#next = Math.min(this.#next * 2, longest)
    this.#last = now + wait
    return wait
  }
}
