import { Writable } from 'node:stream'

const largestFrame = 256 * 1024

/** What sends one frame and calls back when it has been handed to the kernel. */
export type SendFrame = (channel: number, data: Buffer, done: (error?: Error | null) => void) => void

/** A command's standard input. A write is done when the kernel has it, so that a slow network holds the writer back. */
export class Input extends Writable {
  readonly #send: SendFrame

  constructor(send: SendFrame) {
    super({ highWaterMark: 64 * 1024 })
    this.#send = send
    // The command's exit tells the error to those who do not write.
    this.on('error', () => {})
  }

  override _write(data: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#inFrames(data, 0, done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#inFrames(Buffer.concat(chunks.map(({ chunk }) => chunk)), 0, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#send(channels.close, Buffer.from([channels.stdin]), done)
  }

  #inFrames(data: Buffer, start: number, done: (error?: Error | null) => void): void {
    const end = start + largestFrame
    this.#send(channels.stdin, data.subarray(start, end), (error) => {
      if (error || end >= data.length) return done(error)
      this.#inFrames(data, end, done)
    })
  }
}

/** The first byte of every frame of v5.channel.k8s.io. */
export const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const
