import { abortable, withDeadline } from '../deadline.ts'
import { isSessionError } from '../errors.ts'
import type * as api from '../provider.ts'
import type { Session } from '../session.ts'
import { isRunning } from '../verbs/is-running.ts'
import { type OpenSession, SessionPool } from './session-pool.ts'

/** Milliseconds that a session verb may take. */
export const VERB_TIMEOUT = 10_000

/**
 * The verbs that are tmux commands, the same wherever the sessions are: a provider says how to open one.
 * Control streams stay open between calls.
 */
export abstract class SessionVerbs {
  protected readonly sessions: SessionPool

  /** Milliseconds that a session verb may take. */
  protected readonly timeout: number

  constructor(open: OpenSession, timeout = VERB_TIMEOUT) {
    this.sessions = new SessionPool(open, timeout)
    this.timeout = timeout
  }

  /** Makes an error of the place where the sessions are into one of ours. */
  protected abstract toSessionError(error: unknown, doing: string): unknown

  /** Copies a metadata value to where people see it; null removes the copy. Must not fail. */
  protected copyMeta?(name: string, key: string, value: string | null): Promise<void>

  open(name: string, options: api.CallOptions = {}): Promise<Session> {
    return this.timed(this.timeout, `cannot open session "${name}"`, options, (signal) =>
      abortable(this.sessions.open(name), signal),
    )
  }

  async isRunning(name: string, options: api.CallOptions = {}): Promise<boolean> {
    try {
      return await this.#read(name, options, isRunning)
    } catch (error) {
      if (isSessionError(error) && error.name === 'SessionNotFound') return false
      throw error
    }
  }

  nudge(name: string, text: string | Uint8Array, options: api.CallOptions = {}): Promise<void> {
    return this.#write(name, options, (session) => session.nudge(text))
  }

  peek(name: string, options: api.PeekOptions = {}): Promise<string> {
    return this.#read(name, options, (session) => session.peek({ lines: options.lines }))
  }

  interrupt(name: string, options: api.CallOptions = {}): Promise<void> {
    return this.#write(name, options, (session) => session.interrupt())
  }

  async setMeta(name: string, key: string, value: string, options: api.CallOptions = {}): Promise<void> {
    await this.#write(name, options, (session) => session.setMeta(key, value))
    await this.copyMeta?.(name, key, value)
  }

  getMeta(name: string, key: string, options: api.CallOptions = {}): Promise<string | undefined> {
    return this.#read(name, options, (session) => session.getMeta(key))
  }

  async removeMeta(name: string, key: string, options: api.CallOptions = {}): Promise<void> {
    await this.#write(name, options, (session) => session.removeMeta(key))
    await this.copyMeta?.(name, key, null)
  }

  listMeta(name: string, options: api.CallOptions = {}): Promise<Record<string, string>> {
    return this.#read(name, options, (session) => session.listMeta())
  }

  /** Once, whatever happens: a second try could do it twice. */
  #write(name: string, options: api.CallOptions, verb: (session: Session) => Promise<void>): Promise<void> {
    return this.timed(this.timeout, `cannot reach session "${name}"`, options, (signal) =>
      this.sessions.use(name, signal, verb),
    )
  }

  /** Again, on a new stream, when the first was cut. */
  #read<T>(name: string, options: api.CallOptions, verb: (session: Session) => Promise<T>): Promise<T> {
    return this.timed(this.timeout, `cannot reach session "${name}"`, options, async (signal) => {
      try {
        return await this.sessions.use(name, signal, verb)
      } catch (error) {
        if (!isSessionError(error) || error.name !== 'OutcomeUnknown' || signal.aborted) throw error
        return await this.sessions.use(name, signal, verb)
      }
    })
  }

  protected timed<T>(
    milliseconds: number,
    doing: string,
    options: api.CallOptions,
    action: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.call(doing, () => withDeadline(milliseconds, doing, options.signal, action))
  }

  protected async call<T>(doing: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action()
    } catch (error) {
      throw this.toSessionError(error, doing)
    }
  }
}
