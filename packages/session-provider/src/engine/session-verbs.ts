import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { copyFrom } from '../copy/copy-from.ts'
import { copyTo } from '../copy/copy-to.ts'
import { abortable, withDeadline } from '../deadline.ts'
import { isSessionError } from '../errors.ts'
import type * as api from '../provider.ts'
import type { RunningCommand } from '../run/running-command.ts'
import { type RunBeside, spawnBeside } from '../run/spawn.ts'
import type { Session } from '../session.ts'
import { isRunning } from '../verbs/is-running.ts'
import { hasProcess, listProcessesCommand } from '../verbs/process-alive.ts'
import { follow } from './follow.ts'
import { type OpenSession, SessionPool } from './session-pool.ts'

/** Milliseconds that a session verb may take. */
export const VERB_TIMEOUT = 10_000

/**
 * What is the same wherever the sessions are: a provider says how to open one, and how to run a command beside it.
 * Control streams stay open between calls.
 */
export abstract class SessionVerbs {
  protected readonly sessions: SessionPool

  /** Milliseconds that a session verb may take. */
  protected readonly timeout: number

  /** @param reach what single verbs go through where no stream is to be kept. Default: they keep one */
  constructor(open: OpenSession, timeout = VERB_TIMEOUT, reach?: OpenSession) {
    this.sessions = new SessionPool(open, timeout, reach)
    this.timeout = timeout
  }

  /** The folder below which `copyTo` puts things. Default: the one in which commands run. */
  protected readonly workspace: string = '.'

  /** Runs a command where the session is; the signal cuts it. @throws {SessionNotFound} */
  protected abstract run(...[session, command, options]: Parameters<RunBeside>): ReturnType<RunBeside>

  readonly #run: RunBeside = (...call) => this.run(...call)

  /** Makes an error of the place where the sessions are into one of ours. */
  protected abstract toSessionError(error: unknown, doing: string): unknown

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

  peek(name: string, options: api.FollowOptions): AsyncIterableIterator<string>
  peek(name: string, options?: api.PeekOptions & { follow?: false }): Promise<string>
  peek(
    name: string,
    options: api.PeekOptions & { follow?: boolean } = {},
  ): AsyncIterableIterator<string> | Promise<string> {
    const look = (session: Session) => session.peek({ lines: options.lines })
    const { signal } = options
    return options.follow ? follow(() => this.open(name, { signal }), look, signal) : this.#read(name, options, look)
  }

  sendKeys(name: string, keys: readonly string[], options: api.CallOptions = {}): Promise<void> {
    return this.#write(name, options, (session) => session.sendKeys(keys))
  }

  clearScrollback(name: string, options: api.CallOptions = {}): Promise<void> {
    return this.#write(name, options, (session) => session.clearScrollback())
  }

  lastActivity(name: string, options: api.CallOptions = {}): Promise<Date> {
    return this.#read(name, options, (session) => session.lastActivity())
  }

  isAttached(name: string, options: api.CallOptions = {}): Promise<boolean> {
    return this.#read(name, options, (session) => session.isAttached())
  }

  async processAlive(name: string, processNames: readonly string[], options: api.CallOptions = {}): Promise<boolean> {
    if (processNames.length === 0) return true
    const separator = randomUUID()
    try {
      const { stdout } = await this.timed(this.timeout, `cannot reach session "${name}"`, options, (signal) =>
        this.exec(name, listProcessesCommand(separator), { signal }),
      )
      return hasProcess(stdout.toString(), separator, processNames)
    } catch (error) {
      if (isSessionError(error) && error.name === 'SessionNotFound') return false
      throw error
    }
  }

  interrupt(name: string, options: api.CallOptions = {}): Promise<void> {
    return this.#write(name, options, (session) => session.interrupt())
  }

  setMeta(name: string, key: string, value: string, options: api.CallOptions = {}): Promise<void> {
    return this.#write(name, options, (session) => session.setMeta(key, value))
  }

  getMeta(name: string, key: string, options: api.CallOptions = {}): Promise<string | undefined> {
    return this.#read(name, options, (session) => session.getMeta(key))
  }

  removeMeta(name: string, key: string, options: api.CallOptions = {}): Promise<void> {
    return this.#write(name, options, (session) => session.removeMeta(key))
  }

  listMeta(name: string, options: api.CallOptions = {}): Promise<Record<string, string>> {
    return this.#read(name, options, (session) => session.listMeta())
  }

  async exec(name: string, command: string[], options: api.ExecOptions = {}): Promise<api.ExecResult> {
    const running = await this.spawn(name, command, { signal: options.signal, stdin: options.stdin ?? '' })
    const output = Promise.all([buffer(running.stdout), buffer(running.stderr)])
    output.catch(() => {}) // why it was cut is told by the exit
    const exitCode = await running.wait()
    const [stdout, stderr] = await output
    return { exitCode, stdout, stderr }
  }

  spawn(name: string, command: string[], options: api.SpawnOptions = {}): Promise<RunningCommand> {
    return this.call(`cannot run a command in session "${name}"`, () => spawnBeside(this.#run, name, command, options))
  }

  copyTo(name: string, source: string, path = '', options: api.CopyOptions = {}): Promise<void> {
    const { root = this.workspace, ...rest } = options
    return this.call(`cannot copy into session "${name}"`, () =>
      copyTo(this.#run, name, source, { folder: root, path }, rest),
    )
  }

  copyFrom(name: string, path: string, { signal }: api.CallOptions = {}): AsyncIterableIterator<Uint8Array> {
    return copyFrom(this.#run, name, path, signal)
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
