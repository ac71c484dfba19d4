/** Milliseconds by which the two clocks may drift apart between two looks without the machine having slept. */
const DRIFT = 3000

/** Tells whether the machine has slept: the wall clock goes on then, the other one does not. */
export class Clock {
  readonly #read: () => number
  #last: number

  /** @param read how far the wall clock is ahead, in milliseconds */
  constructor(read = () => Date.now() - performance.now()) {
    this.#read = read
    this.#last = read()
  }

  /** Whether that was so since the last time that this was asked. */
  hasJumped(): boolean {
    const before = this.#last
    this.#last = this.#read()
    return Math.abs(this.#last - before) > DRIFT
  }
}
