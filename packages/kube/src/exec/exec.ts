import type { Readable, Writable } from 'node:stream'

export interface ExecOptions {
  command: string[]
  container?: string | undefined
  /** Open the command's standard input. Default false. */
  stdin?: boolean | undefined
  /** Give the command a terminal: stdout and stderr are then one stream, stdout. Default false. */
  tty?: boolean | undefined
  signal?: AbortSignal | undefined
  /** Milliseconds for TCP, TLS and the websocket upgrade together. Default: the client's `connectTimeout`. */
  connectTimeout?: number | undefined
}

/** A command that runs in a container, over one websocket (v5.channel.k8s.io). */
export interface ExecStream {
  /** Paused when unread, so that a slow reader holds the sender back. */
  readonly stdout: Readable
  readonly stderr: Readable
  /** `end()` closes the command's standard input and nothing else. */
  readonly stdin: Writable
  /**
   * The command's exit code, from the final status, once the socket has closed and all output has been handed over.
   * Rejects with ApiError when the command could not be started, with StreamCutError when the stream ended
   * before the status: then nobody knows how the command fared.
   */
  readonly exit: Promise<number>
  /** Tells the terminal's size in character cells. */
  resize(columns: number, rows: number): void
  /** Drops the connection at once. `exit` then rejects with StreamCutError unless the status had come. */
  close(): void
}
