import type { Tmux } from './tmux/tmux.ts'
import { clearScrollback } from './verbs/clear-scrollback.ts'
import { interrupt } from './verbs/interrupt.ts'
import { isAttached } from './verbs/is-attached.ts'
import { lastActivity } from './verbs/last-activity.ts'
import { getMeta, listMeta, removeMeta, setMeta } from './verbs/meta.ts'
import { nudge } from './verbs/nudge.ts'
import { type PeekRange, peek } from './verbs/peek.ts'
import { sendKeys } from './verbs/send-keys.ts'

/**
 * One running session with its control stream open, so that a verb costs a round trip and no connection.
 * Leaving the scope of `await using` closes the stream; the session itself goes on.
 */
export class Session implements AsyncDisposable {
  readonly name: string
  /** The tmux that holds the session. */
  readonly tmux: Tmux

  constructor(name: string, tmux: Tmux) {
    this.name = name
    this.tmux = tmux
  }

  /** Settles when the stream has ended: the session is over, or the connection was lost. */
  get closed(): Promise<void> {
    return this.tmux.closed
  }

  nudge(text: string | Uint8Array): Promise<void> {
    return nudge(this, text)
  }

  peek(range?: PeekRange): Promise<string> {
    return peek(this, range)
  }

  interrupt(): Promise<void> {
    return interrupt(this)
  }

  sendKeys(keys: readonly string[]): Promise<void> {
    return sendKeys(this, keys)
  }

  clearScrollback(): Promise<void> {
    return clearScrollback(this)
  }

  lastActivity(): Promise<Date> {
    return lastActivity(this)
  }

  isAttached(): Promise<boolean> {
    return isAttached(this)
  }

  setMeta(key: string, value: string): Promise<void> {
    return setMeta(this, key, value)
  }

  getMeta(key: string): Promise<string | undefined> {
    return getMeta(this, key)
  }

  removeMeta(key: string): Promise<void> {
    return removeMeta(this, key)
  }

  listMeta(): Promise<Record<string, string>> {
    return listMeta(this)
  }

  async close(): Promise<void> {
    this.tmux.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
