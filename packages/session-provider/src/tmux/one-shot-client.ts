import { buffer, text } from 'node:stream/consumers'
import { OutcomeUnknown, TmuxError } from '../errors.ts'
import { HOLDS_MAIN, KILLED, NO_MAIN } from './connect.ts'
import { NoMainSession, saysNoMain, saysServerLost } from './no-main-session.ts'
import type { Tmux } from './tmux.ts'
import type { CommandStream, Transport } from './transport.ts'

const COMMAND = ['sh', '-c', `${HOLDS_MAIN} || exit ${NO_MAIN}\nexec tmux -u source-file -`]

/** Makes an attempt, again where that can help, and the transport's errors into the caller's. */
export type Around = (attempt: () => Promise<Buffer>) => Promise<Buffer>

/**
 * Runs each line of tmux commands with a tmux of its own, which reads it from standard input and so has no limit on
 * its length. For callers that run one command and go: tmux 3.3a can crash, and every session in it with it, when a
 * control client leaves in the moment in which another one comes, and a plain client is told of nothing.
 */
export class OneShotClient implements Tmux {
  readonly closed = new Promise<void>(() => {})
  readonly isClosed = false
  readonly #transport: Transport
  readonly #signal: AbortSignal | undefined
  readonly #around: Around

  /** @param around what is done about an attempt that fails. Default: nothing */
  constructor(transport: Transport, signal: AbortSignal | undefined, around: Around = (attempt) => attempt()) {
    this.#transport = transport
    this.#signal = signal
    this.#around = around
  }

  async run(command: string): Promise<Buffer> {
    const output = await this.#send(command)
    return output.at(-1) === 10 ? output.subarray(0, -1) : output
  }

  async runAll(commands: readonly string[]): Promise<void> {
    await this.#send(commands.join(' ; '))
  }

  close(): void {}

  #send(line: string): Promise<Buffer> {
    return this.#around(() => this.#attempt(line))
  }

  async #attempt(line: string): Promise<Buffer> {
    const stream = await this.#transport(COMMAND, { signal: this.#signal })
    stream.stdin.on('error', () => {}) // tmux may end without reading: its exit code says why
    stream.stdin.end(`${line}\n`)
    const [exitCode, output, complaint] = await Promise.all([
      ended(stream),
      buffer(stream.stdout),
      text(stream.stderr),
    ]).finally(() => stream.close())
    const message = complaint.replace(/^-:\d+: /, '').trim()
    if (exitCode === KILLED)
      throw new OutcomeUnknown('tmux was killed before it answered, as the end of a container does')
    if (saysServerLost(message)) throw new OutcomeUnknown(`tmux ended before it answered: ${message}`)
    if (exitCode === NO_MAIN || saysNoMain(message)) throw new NoMainSession(message || 'tmux has no session "main"')
    if (exitCode !== 0) throw new TmuxError(`tmux ${line.split(' ', 1)[0]}: ${message || `exit code ${exitCode}`}`)
    return output
  }
}

/** The exit code. A stream that was cut had been handed the command, so it may have been carried out. */
async function ended(stream: CommandStream): Promise<number> {
  try {
    return await stream.exit
  } catch (error) {
    if ((error as Error).name !== 'StreamCutError') throw error
    const message = 'the connection to the session was cut before the answer; it may have been carried out'
    throw new OutcomeUnknown(message, { cause: error })
  }
}
