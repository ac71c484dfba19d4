import { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { PortForwardError, StreamCutError } from '../errors.ts'
import { keepBeating } from '../exec/heartbeat.ts'

/** The first byte of every frame: the pair of channels of the one port that we ask for. */
const channels = { data: 0, error: 1 } as const
/** Each channel begins with the port's number, two bytes. */
const preamble = 2
const largestFrame = 256 * 1024
const longestComplaint = 4096

/** The bytes of one connection to a pod's port, out of the frames of its websocket. */
export class Forwarded extends Duplex {
  readonly #socket: WebSocket
  readonly #what: string
  readonly #released: (() => void)[] = []
  readonly #announced = { [channels.data]: 0, [channels.error]: 0 }
  #complaint = ''
  #failure: unknown

  constructor(socket: WebSocket, what: string) {
    super({ allowHalfOpen: false })
    this.#socket = socket
    this.#what = what
    socket.on('message', (data: RawData) => this.#receive(data as Buffer))
    socket.on('error', (cause) => {
      this.#failure ??= cause
    })
    socket.once('open', () => {
      this.#released.push(keepBeating(socket, (silence) => this.#drop(new Error(`nothing heard for ${silence} ms`))))
    })
    socket.once('close', (code) => this.#finish(code))
    // Whoever reads or writes is told; nobody may be doing either yet.
    this.on('error', () => {})
  }

  /** Drops the connection when one of the signals aborts; the stream then fails with its reason. */
  endWith(signals: (AbortSignal | undefined)[]): void {
    for (const signal of signals) {
      if (!signal) continue
      const abort = () => this.destroy(signal.reason)
      if (signal.aborted) abort()
      signal.addEventListener('abort', abort, { once: true })
      this.#released.push(() => signal.removeEventListener('abort', abort))
    }
  }

  override _read(): void {
    if (this.#socket.isPaused) this.#socket.resume()
  }

  override _write(data: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#inFrames(data, 0, done)
  }

  override _final(done: () => void): void {
    this.#socket.close(1000)
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    for (const release of this.#released) release()
    this.#socket.terminate()
    done(error)
  }

  #drop(cause: unknown): void {
    this.#failure ??= cause
    this.#socket.terminate()
  }

  #inFrames(data: Buffer, start: number, done: (error?: Error | null) => void): void {
    const end = start + largestFrame
    const part = data.subarray(start, end)
    const frame = Buffer.allocUnsafe(part.length + 1)
    frame[0] = channels.data
    part.copy(frame, 1)
    this.#socket.send(frame, { binary: true }, (error) => {
      if (error || end >= data.length) return done(error ?? null)
      this.#inFrames(data, end, done)
    })
  }

  #receive(frame: Buffer): void {
    const channel: number | undefined = frame[0]
    if (channel !== channels.data && channel !== channels.error) return
    const before = Math.min(preamble - this.#announced[channel], frame.length - 1)
    this.#announced[channel] += before
    const content = frame.subarray(1 + before)
    if (content.length === 0) return
    if (channel === channels.error) this.#complaint = (this.#complaint + content).slice(0, longestComplaint)
    else if (!this.push(content)) this.#socket.pause()
  }

  #finish(code: number): void {
    if (this.destroyed) return
    const cause = this.#failure
    if (this.#complaint !== '') this.destroy(new PortForwardError(`${this.#what}: ${this.#complaint.trim()}`))
    else if (code === 1000 && cause === undefined) this.push(null)
    else {
      const why = cause instanceof Error ? `: ${cause.message}` : ''
      this.destroy(new StreamCutError(`the connection to ${this.#what} was cut${why}`, { cause }))
    }
  }
}
