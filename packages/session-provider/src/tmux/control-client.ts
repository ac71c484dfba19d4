import { randomBytes } from 'node:crypto'
import { OutcomeUnknown, TmuxError } from '../errors.ts'
import { type Block, isSentinel, sequentialBlocks, singleBlock } from './answer.ts'
import type { LineSplitter } from './lines.ts'
import { NoMainSession, saysNoMain } from './no-main-session.ts'
import type { Tmux } from './tmux.ts'
import type { CommandStream } from './transport.ts'

/** Milliseconds after which a command without an answer gives up the stream: a stuck queue does not recover. */
const DEADLINE = 10_000

interface Request {
  nonce: string
  lines: Buffer[]
  settle(lines: Buffer[]): void
  fail(error: Error): void
  timer: NodeJS.Timeout
}

/** The stream was closed before the command was sent, so it was not carried out. */
export class StreamClosed extends TmuxError {
  static override readonly name: string = 'StreamClosed'
}

/**
 * A tmux control mode client. Each command goes out with a `display-message` of a fresh nonce behind it, and its
 * answer is complete when the nonce comes back, so nothing that a pane shows can pass for the end of an answer.
 */
export class ControlClient implements Tmux {
  /** Settles when the stream has ended, however it ended. */
  readonly closed: Promise<void>
  readonly #stream: CommandStream
  readonly #splitter: LineSplitter
  readonly #requests: Request[] = []
  #end: Error | undefined

  /** Takes over a stream on which tmux waits for commands, with the splitter that has read it so far. */
  constructor(stream: CommandStream, splitter: LineSplitter) {
    this.#stream = stream
    this.#splitter = splitter
    stream.stdout.on('data', (chunk: Buffer) => this.#read(chunk))
    stream.stdin.on('error', (error: Error) => this.#finish(error))
    this.closed = stream.exit.then(
      () => this.#finish(new TmuxError('tmux ended the stream')),
      (error: Error) => this.#finish(error),
    )
  }

  get isClosed(): boolean {
    return this.#end !== undefined
  }

  /** Whether no command waits for its answer. */
  get isIdle(): boolean {
    return this.#requests.length === 0
  }

  /**
   * Runs one tmux command and gives its output, byte for byte.
   * @throws {NoMainSession} the command was for `main`, which has ended
   * @throws {TmuxError} tmux refused the command
   * @throws {OutcomeUnknown} the stream was cut, or 10 s passed, before the answer
   * @throws {StreamClosed} the stream had ended before: nothing was carried out
   */
  async run(command: string): Promise<Buffer> {
    const block = singleBlock(await this.#send(command))
    return done(block, command)
  }

  /** Runs several commands as one line, which no other client's commands can come between. The first failure ends it. */
  async runAll(commands: readonly string[]): Promise<void> {
    const blocks = sequentialBlocks(await this.#send(commands.join(' ; ')))
    for (const [index, command] of commands.entries()) done(blocks[index], command)
  }

  close(): void {
    this.#finish(new StreamClosed('the stream to the session was closed'))
    this.#stream.close()
  }

  #send(line: string): Promise<Buffer[]> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        reject(new StreamClosed('the stream to the session has ended', { cause: this.#end }))
        return
      }
      const nonce = randomBytes(12).toString('hex')
      const timer = setTimeout(() => {
        this.#finish(new TmuxError(`tmux gave no answer within ${DEADLINE / 1000} s`))
        this.#stream.close()
      }, DEADLINE)
      this.#requests.push({ nonce, lines: [], settle: resolve, fail: reject, timer })
      this.#stream.stdin.write(`${line}\ndisplay-message -p ${nonce}\n`)
    })
  }

  #read(chunk: Buffer): void {
    for (const line of this.#splitter.push(chunk)) {
      const request = this.#requests[0]
      if (request === undefined) continue
      request.lines.push(line)
      if (isSentinel(request.lines, request.nonce)) {
        this.#requests.shift()
        clearTimeout(request.timer)
        request.settle(request.lines.slice(0, -3))
      }
    }
  }

  #finish(reason: Error): void {
    if (this.#end !== undefined) return
    this.#end = reason
    for (const request of this.#requests.splice(0)) {
      clearTimeout(request.timer)
      request.fail(
        new OutcomeUnknown('the stream to the session was cut before the answer; it may have been carried out', {
          cause: reason,
        }),
      )
    }
  }
}

function done(block: Block | undefined, command: string): Buffer {
  const name = command.split(' ', 1)[0]
  if (block === undefined) throw new TmuxError(`tmux did not answer ${name}`)
  const text = block.body.toString()
  if (!block.ok && saysNoMain(text)) throw new NoMainSession(`tmux ${name}: ${text}`)
  if (!block.ok) throw new TmuxError(`tmux ${name}: ${text}`)
  return block.body
}
