/** What a frame holds, by its first byte. */
export const FRAME = {
  /** Broker to client, first of all: JSON {@link import('./hello.ts').Hello}. */
  hello: 1,
  /** Client to broker: JSON {@link import('./request.ts').Request}. */
  request: 2,
  /** Client to broker, behind the request: all of its standard input. From here on it may be carried out. */
  input: 3,
  /** Client to broker: stop; the text is why. */
  cancel: 4,
  stdout: 5,
  stderr: 6,
  /** Broker to client, last: one byte, the exit code. */
  exit: 7,
  /** Broker to client, instead of an answer: nothing was done. The text is why. */
  refused: 8,
  /** Broker to client, each second: it is still being carried out. */
  alive: 9,
} as const

export interface Frame {
  type: number
  payload: Buffer
}

const HEAD = 5

/** Bytes above which a frame is no frame of ours. */
const LONGEST = 256 * 1024 * 1024

/** A frame: type, length in four bytes, payload. */
export function frame(type: number, payload: string | Uint8Array = ''): Buffer {
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload
  const whole = Buffer.allocUnsafe(HEAD + body.length)
  whole[0] = type
  whole.writeUInt32BE(body.length, 1)
  whole.set(body, HEAD)
  return whole
}

/** Takes a byte stream apart into frames, whatever the borders of its chunks. */
export class FrameReader {
  #chunks: Buffer[] = []
  #length = 0

  /** @throws {Error} this is no stream of frames */
  push(chunk: Buffer): Frame[] {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    const frames: Frame[] = []
    while (this.#length >= HEAD) {
      const head = this.#head()
      const length = head.readUInt32BE(1)
      if (length > LONGEST) throw new Error(`a frame of ${length} bytes is none`)
      if (this.#length < HEAD + length) break
      const all = this.#chunks.length === 1 ? head : Buffer.concat(this.#chunks)
      frames.push({ type: head[0] ?? 0, payload: all.subarray(HEAD, HEAD + length) })
      const rest = all.subarray(HEAD + length)
      this.#chunks = rest.length === 0 ? [] : [rest]
      this.#length = rest.length
    }
    return frames
  }

  /** A buffer that begins with what has come and holds at least a frame's head. */
  #head(): Buffer {
    const [first] = this.#chunks
    if (first !== undefined && first.length >= HEAD) return first
    const joined = Buffer.concat(this.#chunks)
    this.#chunks = [joined]
    return joined
  }
}
