/** What has been opened and is to be closed, the last first. Node 22 has no AsyncDisposableStack. */
export class Opened implements AsyncDisposable {
  readonly #all: AsyncDisposable[] = []

  /** Closes it at the end, too. */
  use<T extends AsyncDisposable>(one: T): T {
    this.#all.push(one)
    return one
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.#all.splice(0).reverse()) await one[Symbol.asyncDispose]()
  }
}
