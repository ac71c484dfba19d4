/** Starts and stops: those of one session run in the order in which they came, one at a time. */
export class Lives {
  readonly #last = new Map<string, Promise<unknown>>()
  readonly #starting = new Map<string, AbortController>()

  /** @param signal ends the start; a stop of the same session does too */
  start<T>(session: string, signal: AbortSignal, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#inTurn(session, async () => {
      const stopped = new AbortController()
      this.#starting.set(session, stopped)
      try {
        return await action(AbortSignal.any([signal, stopped.signal]))
      } finally {
        this.#starting.delete(session)
      }
    })
  }

  stop<T>(session: string, action: () => Promise<T>): Promise<T> {
    this.#starting.get(session)?.abort(new Error('start: the session was stopped by another call'))
    return this.#inTurn(session, action)
  }

  #inTurn<T>(session: string, action: () => Promise<T>): Promise<T> {
    const before = this.#last.get(session) ?? Promise.resolve()
    const mine = before.then(action, action)
    this.#last.set(session, mine)
    const forget = () => {
      if (this.#last.get(session) === mine) this.#last.delete(session)
    }
    mine.then(forget, forget)
    return mine
  }
}
