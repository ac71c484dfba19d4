import { Transform, type TransformCallback } from 'node:stream'

/** Takes the first line off a stream and passes the rest on. */
export class WithoutFirstLine extends Transform {
  /** Never settles when the stream ends before. */
  readonly firstLine: Promise<string>
  readonly #found: (line: string) => void
  #line: Buffer | undefined = Buffer.alloc(0)

  constructor() {
    super()
    const { promise, resolve } = Promise.withResolvers<string>()
    this.firstLine = promise
    this.#found = resolve
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const rest = this.#line === undefined ? chunk : this.#takeLine(Buffer.concat([this.#line, chunk]))
    done(null, rest)
  }

  #takeLine(begun: Buffer): Buffer {
    const end = begun.indexOf('\n')
    this.#line = end < 0 ? begun : undefined
    if (end < 0) return Buffer.alloc(0)
    this.#found(begun.subarray(0, end).toString())
    return begun.subarray(end + 1)
  }
}
