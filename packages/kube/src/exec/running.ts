import type { RawData, WebSocket } from 'ws'
import { StreamCutError } from '../errors.ts'
import { Countdown } from '../watch/countdown.ts'
import type { ExecStream } from './exec.ts'
import { type Outcome, outcomeHint, readOutcome } from './exit-status.ts'
import { keepBeating } from './heartbeat.ts'
import { channels, Input } from './input.ts'
import { Output } from './output.ts'

const longestStatus = 64 * 1024
const lastWords = 10_000

/** A running command: the frames of its websocket, told apart by their first byte. */
export class Running implements ExecStream {
  readonly stdout: Output
  readonly stderr: Output
  readonly stdin: Input
  readonly exit: Promise<number>
  readonly #socket: WebSocket
  readonly #what: string
  readonly #released: (() => void)[] = []
  #status = ''
  #closing: Countdown | undefined
  #failure: { cause: unknown; aborted: boolean } | undefined

  constructor(socket: WebSocket, what: string) {
    this.#socket = socket
    this.#what = what
    this.stdout = new Output(() => this.#flow())
    this.stderr = new Output(() => this.#flow())
    this.stdin = new Input((channel, data, done) => this.#send(channel, data, done))
    this.exit = new Promise((resolve, reject) => {
      socket.once('close', () => this.#finish(resolve, reject))
    })
    this.exit.catch(() => {})
    socket.on('message', (data) => this.#receive(data))
    socket.on('error', (cause) => {
      this.#failure ??= { cause, aborted: false }
    })
    socket.once('open', () => {
      this.#released.push(keepBeating(socket, (silence) => this.#drop(new Error(`nothing heard for ${silence} ms`))))
    })
  }

  resize(columns: number, rows: number): void {
    this.#send(channels.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })), () => {})
  }

  close(): void {
    this.#drop(new Error('the caller closed it'))
  }

  /** Drops the connection when one of the signals aborts; `exit` then rejects with its reason. */
  endWith(signals: (AbortSignal | undefined)[]): void {
    for (const signal of signals) {
      if (!signal) continue
      const abort = () => this.#drop(signal.reason, true)
      if (signal.aborted) abort()
      signal.addEventListener('abort', abort, { once: true })
      this.#released.push(() => signal.removeEventListener('abort', abort))
    }
  }

  #drop(cause: unknown, aborted = false): void {
    this.#failure ??= { cause, aborted }
    this.#socket.terminate()
  }

  #receive(data: RawData): void {
    const frame = data as Buffer
    this.#closing?.restart()
    if (frame.length < 2) return
    const content = frame.subarray(1)
    const channel = frame[0]
    if (channel === channels.stdout) this.stdout.add(content)
    else if (channel === channels.stderr) this.stderr.add(content)
    else if (channel === channels.status) this.#addStatus(content)
    else if (channel === channels.close && content[0] === channels.stdout) this.stdout.finish()
    else if (channel === channels.close && content[0] === channels.stderr) this.stderr.finish()
    this.#flow()
  }

  #addStatus(content: Buffer): void {
    if (this.#status.length < longestStatus) this.#status += content.toString('utf8')
    this.#closing ??= new Countdown(lastWords, () => {
      if (this.#socket.isPaused) this.#closing?.restart()
      else this.#socket.terminate()
    })
  }

  #flow(): void {
    const full = this.stdout.full || this.stderr.full
    if (full && !this.#socket.isPaused) this.#socket.pause()
    else if (!full && this.#socket.isPaused) this.#socket.resume()
  }

  #send(channel: number, data: Buffer, done: (error?: Error | null) => void): void {
    const frame = Buffer.allocUnsafe(data.length + 1)
    frame[0] = channel
    data.copy(frame, 1)
    this.#socket.send(frame, { binary: true }, done)
  }

  #finish(resolve: (code: number) => void, reject: (error: unknown) => void): void {
    this.#closing?.stop()
    for (const release of this.#released) release()
    const outcome = this.#outcome()
    const error = 'error' in outcome ? outcome.error : undefined
    this.stdout.finish(error)
    this.stderr.finish(error)
    this.stdin.destroy()
    if ('code' in outcome) resolve(outcome.code)
    else reject(this.#status === '' && this.#failure?.aborted ? this.#failure.cause : outcome.error)
  }

  #outcome(): Outcome {
    if (this.#status !== '') return readOutcome(this.#status, `the command in ${this.#what}`)
    const cause = this.#failure?.cause
    const why = cause instanceof Error ? `: ${cause.message}` : ''
    const message = `the stream of the command in ${this.#what} ended before its exit status${why}`
    return { error: new StreamCutError(message, { cause, suggestion: outcomeHint }) }
  }
}
