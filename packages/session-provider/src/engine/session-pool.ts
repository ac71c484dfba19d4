import { abortable, withDeadline } from '../deadline.ts'
import { isSessionError, SessionNotFound } from '../errors.ts'
import type { Session } from '../session.ts'
import { NoMainSession } from '../tmux/no-main-session.ts'

/** Opens the control stream of a running session. @throws {SessionNotFound} */
export type OpenSession = (name: string, signal: AbortSignal) => Promise<Session>

/** The open sessions of one provider, by name. One that has ended is forgotten at once. */
export class SessionPool {
  readonly #connect: OpenSession
  readonly #openTimeout: number
  readonly #reach: OpenSession | undefined
  readonly #sessions = new Map<string, Promise<Session>>()

  /**
   * @param openTimeout milliseconds to find and open a session; callers that share it may give up before
   * @param reach what single verbs go through where no stream is open and none is to be kept
   */
  constructor(connect: OpenSession, openTimeout: number, reach?: OpenSession) {
    this.#connect = connect
    this.#openTimeout = openTimeout
    this.#reach = reach
  }

  /** The open session of this name, opened when there is none; concurrent callers share one. */
  async open(name: string): Promise<Session> {
    const kept = this.#sessions.get(name)
    const session = await (kept ?? this.#open(name))
    if (!session.tmux.isClosed) return session
    if (this.#sessions.get(name) === kept) this.#sessions.delete(name)
    return this.#sessions.get(name) ?? this.#open(name)
  }

  #open(name: string): Promise<Session> {
    const opening = withDeadline(this.#openTimeout, `cannot reach session "${name}"`, undefined, (signal) =>
      this.#connect(name, signal),
    )
    this.#sessions.set(name, opening)
    const forget = () => {
      if (this.#sessions.get(name) === opening) this.#sessions.delete(name)
    }
    opening.then((session) => session.closed.then(forget), forget)
    return opening
  }

  /** Takes over a session that was opened elsewhere. */
  keep(session: Session): void {
    const opened = Promise.resolve(session)
    this.#sessions.set(session.name, opened)
    session.closed.then(() => {
      if (this.#sessions.get(session.name) === opened) this.#sessions.delete(session.name)
    })
  }

  /** Runs a verb on the session; on a new stream where the kept one had ended before the verb was sent. */
  async use<T>(name: string, signal: AbortSignal, verb: (session: Session) => Promise<T>): Promise<T> {
    const reach = this.#sessions.has(name) ? undefined : this.#reach
    const session = () => reach?.(name, signal) ?? this.open(name)
    const attempt = async () => abortable(verb(await abortable(session(), signal)), signal)
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof NoMainSession) throw new SessionNotFound(name, { cause: error, why: 'it has ended' })
      if (!isSessionError(error) || error.name !== 'StreamClosed') throw error
      this.#sessions.delete(name)
      return await attempt()
    }
  }

  close(): void {
    for (const session of this.#sessions.values())
      session.then(
        (open) => open.close(),
        () => {},
      )
    this.#sessions.clear()
  }
}
