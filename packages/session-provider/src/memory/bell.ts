/** Wakes all who wait for something to have changed. */
export class Bell {
  #next = Promise.withResolvers<void>()

  ring(): void {
    this.#next.resolve()
    this.#next = Promise.withResolvers()
  }

  /** Resolves when it is next rung. */
  rung(): Promise<void> {
    return this.#next.promise
  }
}
