import type { Readable, Writable } from 'node:stream'

/** A command that runs where the session is: its streams, and its exit code once all output has been handed over. */
export interface CommandStream {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Rejects when the stream was cut before the command's end. */
  readonly exit: Promise<number>
  close(): void
}

export interface TransportOptions {
  signal?: AbortSignal | undefined
  /** Open the command's standard input. Default true. */
  stdin?: boolean | undefined
}

/** Runs commands where the session is: a pod's exec stream is one, a local process another. */
export type Transport = (command: string[], options: TransportOptions) => Promise<CommandStream>
