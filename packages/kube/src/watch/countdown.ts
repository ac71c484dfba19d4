/** Calls `expired` once `ms` milliseconds have passed since it was made or restarted. Keeps no process alive. */
export class Countdown {
  readonly #timer: NodeJS.Timeout

  constructor(ms: number, expired: (ms: number) => void) {
    this.#timer = setTimeout(expired, ms, ms)
    this.#timer.unref()
  }

  restart(): void {
    this.#timer.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
