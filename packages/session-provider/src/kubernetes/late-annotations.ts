type Annotations = Record<string, string | null>

/** Writes annotations behind the caller's back: one request at a time for each pod, with the latest value of each key. */
export class LateAnnotations {
  readonly #waiting = new Map<string, Annotations>()
  readonly #running = new Set<Promise<void>>()

  /**
   * @param uid the pod's
   * @param annotations null removes one
   * @param write sends them; never rejects
   */
  add(uid: string, annotations: Annotations, write: (annotations: Annotations) => Promise<void>): void {
    const waiting = this.#waiting.get(uid)
    if (waiting !== undefined) {
      Object.assign(waiting, annotations)
      return
    }
    this.#waiting.set(uid, { ...annotations })
    const running = this.#writeAll(uid, write).finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Resolves once all that was added has been written. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  async #writeAll(uid: string, write: (annotations: Annotations) => Promise<void>): Promise<void> {
    for (;;) {
      const annotations = this.#waiting.get(uid) ?? {}
      if (Object.keys(annotations).length === 0) break
      this.#waiting.set(uid, {})
      await write(annotations)
    }
    this.#waiting.delete(uid)
  }
}
