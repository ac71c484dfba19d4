import { Readable } from 'node:stream'

const enough = 256 * 1024

/** One output of a command. Holds what has come until it is read, and says when that is too much. */
export class Output extends Readable {
  readonly #waiting: Buffer[] = []
  readonly #changed: () => void
  #size = 0
  #wanted = false
  #end: { error: Error | undefined } | undefined

  /** @param changed called when a read may have changed {@link full} */
  constructor(changed: () => void) {
    super({ highWaterMark: 0 })
    this.#changed = changed
    // The command's exit tells the error to those who do not read.
    this.on('error', () => {})
  }

  /** The sender should be held back. Never so once nobody can read any more. */
  get full(): boolean {
    return this.#size >= enough && !this.destroyed
  }

  add(data: Buffer): void {
    if (this.destroyed || this.#end || data.length === 0) return
    this.#waiting.push(data)
    this.#size += data.length
    this.#deliver()
  }

  /** Ends the stream after what is waiting; with an error, that is what a reader meets there. */
  finish(error?: Error): void {
    this.#end ??= { error }
    this.#deliver()
  }

  override _read(): void {
    this.#wanted = true
    this.#deliver()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#waiting.length = 0
    this.#size = 0
    this.#changed()
    done(error)
  }

  #deliver(): void {
    if (!this.#wanted) return
    const next = this.#waiting.shift()
    if (next) {
      this.#wanted = false
      const wasFull = this.full
      this.#size -= next.length
      this.push(next)
      if (wasFull && !this.full) this.#changed()
    } else if (this.#end?.error) this.destroy(this.#end.error)
    else if (this.#end) this.push(null)
  }
}
