import type { Readable, Writable } from 'node:stream'
import type { ControlClient } from './control-client.ts'
import type { Tmux } from './tmux.ts'

/** A command that runs where the session is: its streams, and its exit code once all output has been handed over. */
export interface CommandStream {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Rejects when the stream was cut before the command's end. */
  readonly exit: Promise<number>
  /** Tells the size of the command's terminal; absent where commands are given none. */
  resize?(columns: number, rows: number): void
  close(): void
}

export interface TransportOptions {
  signal?: AbortSignal | undefined
  /** Open the command's standard input. Default true. */
  stdin?: boolean | undefined
  /** Give the command a terminal: both its outputs are then stdout. Default false. */
  tty?: boolean | undefined
}

/** Runs commands where the session is: a pod's exec stream is one, a local process another. */
export interface Transport {
  (command: string[], options: TransportOptions): Promise<CommandStream>
  /** Where several callers are to share one control stream: gives theirs, by opening one where there is none. */
  share?: ((open: () => Promise<ControlClient>) => Promise<Tmux>) | undefined
}
