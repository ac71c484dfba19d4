import type { Tmux } from './tmux/tmux.ts'
import { clearScrollback } from './verbs/clear-scrollback.ts'
import { interrupt } from './verbs/interrupt.ts'
import { isAttached } from './verbs/is-attached.ts'
import { lastActivity } from './verbs/last-activity.ts'
import { getMeta, listMeta, removeMeta, setMeta } from './verbs/meta.ts'
import { nudge } from './verbs/nudge.ts'
import { type PeekRange, peek } from './verbs/peek.ts'
import { sendKeys } from './verbs/send-keys.ts'

/** Copies a metadata value to where people see it; null removes the copy. Must not fail. */
export type ShowMeta = (key: string, value: string | null) => Promise<void>

/**
 * One running session with its control stream open, so that a verb costs a round trip and no connection.
 * Leaving the scope of `await using` closes the stream; the session itself goes on.
 */
export class Session implements AsyncDisposable {
  readonly name: string
  /** The tmux that holds the session. */
  readonly tmux: Tmux
  readonly #showMeta: ShowMeta | undefined

  /** @param showMeta told of each change of the metadata. Default: nobody is told */
  constructor(name: string, tmux: Tmux, showMeta?: ShowMeta) {
    this.name = name
    this.tmux = tmux
    this.#showMeta = showMeta
  }

  /** Settles when the stream has ended: the session is over, or the connection was lost. */
  get closed(): Promise<void> {
    return this.tmux.closed
  }

  /** Types a message and submits it, byte for byte. @throws {OutcomeUnknown} */
  nudge(text: string | Uint8Array): Promise<void> {
    return nudge(this, text)
  }

  /** The last lines of the terminal, scrollback included, each with a newline at its end. */
  peek(range?: PeekRange): Promise<string> {
    return peek(this, range)
  }

  /** Types C-c. */
  interrupt(): Promise<void> {
    return interrupt(this)
  }

  /** Presses keys, named as tmux names them (`Enter`, `C-c`); what names no key is typed. */
  sendKeys(keys: readonly string[]): Promise<void> {
    return sendKeys(this, keys)
  }

  /** Forgets the lines that have left the screen. */
  clearScrollback(): Promise<void> {
    return clearScrollback(this)
  }

  /** When the terminal last changed, to the second. */
  lastActivity(): Promise<Date> {
    return lastActivity(this)
  }

  /** Whether a person's terminal is attached. */
  isAttached(): Promise<boolean> {
    return isAttached(this)
  }

  /** Sets a key of the session's metadata, where the agent sees it too. @throws {InvalidArgument} */
  async setMeta(key: string, value: string): Promise<void> {
    await setMeta(this, key, value)
    await this.#showMeta?.(key, value)
  }

  /** The value, or undefined when it is not set. */
  getMeta(key: string): Promise<string | undefined> {
    return getMeta(this, key)
  }

  /** Removes a key. Removing what is not set succeeds. */
  async removeMeta(key: string): Promise<void> {
    await removeMeta(this, key)
    await this.#showMeta?.(key, null)
  }

  /** Every key that is set. */
  listMeta(): Promise<Record<string, string>> {
    return listMeta(this)
  }

  /** Closes the stream. The session goes on. */
  async close(): Promise<void> {
    this.tmux.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
