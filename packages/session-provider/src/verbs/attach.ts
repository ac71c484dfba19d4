import type { Readable, Writable } from 'node:stream'

/** A terminal to join to a session. The caller sets raw mode and puts it back. */
export interface AttachTerminal {
  input: Readable
  output: Writable
  /** Its kind, as TERM says it. Default `xterm-256color`. */
  term?: string | undefined
  /** Its size now, in character cells. */
  size(): { columns: number; rows: number }
  /** Calls back on each change of size; returns what ends that. */
  onResize(listener: () => void): () => void
}
