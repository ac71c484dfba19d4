import { Transform, type TransformCallback } from 'node:stream'

/**
 * Passes a stream on once it is released. Until then it takes all that comes and keeps it, so that it holds nothing back
 * that travels on the same connection.
 */
export class Held extends Transform {
  #early: Buffer[] | undefined = []
  #flushed: TransformCallback | undefined

  /** Hands over what has come, and from now on takes no more than is read. */
  release(): void {
    for (const chunk of this.#early ?? []) this.push(chunk)
    this.#early = undefined
    this.#flushed?.()
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#early === undefined) this.push(chunk)
    else this.#early.push(chunk)
    done()
  }

  override _flush(done: TransformCallback): void {
    if (this.#early === undefined) done()
    else this.#flushed = done
  }
}
