import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { CommandStream } from '../tmux/transport.ts'

/** The signals that a command can be sent. */
export type Signal = 'SIGTERM' | 'SIGINT' | 'SIGHUP' | 'SIGKILL' | 'SIGQUIT' | 'SIGUSR1' | 'SIGUSR2'

/**
 * A command that runs beside a session's agent. Output that is not read holds the command back, so read both outputs,
 * or `resume()` the one that does not matter. Leaving the scope of `await using` ends a command that still runs.
 */
export interface RunningCommand extends AsyncDisposable {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /**
   * The command's exit code, once it has ended and all its output has come over. Rejects when the connection was cut
   * before, since then nobody knows how the command fared, and with the signal's reason once that has fired.
   */
  wait(): Promise<number>
  /** Tells a command that has a terminal of the terminal's new size. */
  resize(columns: number, rows: number): void
  /** Sends a signal to the command and to what it has started. Default `SIGTERM`. Does nothing once it has ended. */
  kill(signal?: Signal): Promise<void>
}

/** Milliseconds that a command is given to end once it is told to; then its streams are dropped. */
const LAST_WORDS = 1000

/**
 * @param outputs the command's, without what is not its own
 * @param kill sends the command a signal, whatever it takes
 * @param last the signal that ends it, where nobody says which: one with a terminal is hung up on
 */
export function runningCommand(
  stream: CommandStream,
  { stdout, stderr }: { stdout: Readable; stderr: Readable },
  kill: (name: Signal) => Promise<void>,
  signal: AbortSignal | undefined,
  last: 'SIGTERM' | 'SIGHUP' = 'SIGTERM',
): RunningCommand {
  let over = false
  const end = async () => {
    const ended = kill(last).then(() => stream.exit)
    await Promise.race([ended.catch(() => {}), delay(LAST_WORDS, undefined, { ref: false })])
    stream.close()
    stream.stdout.destroy()
    stream.stderr.destroy()
    stdout.destroy()
  }
  let ending: Promise<void> | undefined
  const abort = () => {
    ending = end()
  }
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  const outcome = stream.exit
    .finally(async () => {
      over = true
      signal?.removeEventListener('abort', abort)
      await ending
    })
    .finally(() => signal?.throwIfAborted())
  outcome.catch(() => {})
  return {
    stdin: stream.stdin,
    stdout,
    stderr,
    wait: () => outcome,
    resize: (columns, rows) => {
      if (!over) stream.resize?.(columns, rows)
    },
    kill: async (name = 'SIGTERM') => {
      if (!over) await kill(name)
    },
    async [Symbol.asyncDispose]() {
      if (!over) await end()
    },
  }
}
