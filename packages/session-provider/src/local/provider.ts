import { setTimeout } from 'node:timers/promises'
import { abortable } from '../deadline.ts'
import { changesOf } from '../engine/changes.ts'
import { SessionVerbs } from '../engine/session-verbs.ts'
import { SessionError } from '../errors.ts'
import type * as api from '../provider.ts'
import type { RunBeside } from '../run/spawn.ts'
import type { Session } from '../session.ts'
import type { AttachTerminal } from '../verbs/attach.ts'
import { attachTo } from './attach.ts'
import { toSessionError } from './failure.ts'
import { folderOf, openSession } from './find.ts'
import { describeSession, listSessions } from './list.ts'
import { sessionLogs } from './logs.ts'
import type { LocalSessionProviderOptions, Settings } from './options.ts'
import { runsProcess } from './process-alive.ts'
import { readSettings } from './root.ts'
import { runLocally } from './run.ts'
import { startSession } from './start.ts'
import { stopSession } from './stop.ts'

const DEFAULT_GRACE = 5
/** Milliseconds beyond its grace period that a stop may take. */
const STOP_TIMEOUT = 10_000
/** Milliseconds between looks of a watch. */
const LOOK_AGAIN = 250

/**
 * Sessions on this machine, each a tmux server of its own under the supervisor that also runs in pods. Needs Linux, sh
 * and tmux, and no cluster. Sessions outlive this process; any process of the same user reaches them by the same root.
 * @throws {InvalidArgument} the root is too long for tmux's sockets, or this is not Linux
 */
export function localSessionProvider(
  options: LocalSessionProviderOptions = {},
): api.SessionProvider & { readonly root: string } {
  return new LocalSessionProvider(readSettings(options))
}

class LocalSessionProvider extends SessionVerbs implements api.SessionProvider {
  readonly #settings: Settings
  readonly #closing = new AbortController()

  constructor(settings: Settings) {
    super((name, signal) => openSession(settings, name, signal))
    this.#settings = settings
  }

  get root(): string {
    return this.#settings.root
  }

  start(name: string, config: api.StartConfig = {}, options: api.StartOptions = {}): Promise<Session> {
    return this.call(`cannot start session "${name}"`, async () => {
      const session = await startSession(this.#settings, name, config, options)
      this.sessions.keep(session)
      return session
    })
  }

  stop(name: string, options: api.StopOptions = {}): Promise<boolean> {
    const grace = options.gracePeriodSeconds ?? DEFAULT_GRACE
    return this.timed(grace * 1000 + STOP_TIMEOUT, `cannot stop session "${name}"`, options, (signal) =>
      stopSession(folderOf(this.#settings, name), grace, signal),
    )
  }

  async listRunning(prefix = '', options: api.CallOptions = {}): Promise<string[]> {
    const sessions = await this.list(options)
    return sessions.filter(({ name, phase }) => phase === 'Running' && name.startsWith(prefix)).map(({ name }) => name)
  }

  list(options: api.CallOptions = {}): Promise<api.SessionInfo[]> {
    return this.timed(this.timeout, 'cannot list sessions', options, (signal) => listSessions(this.#settings, signal))
  }

  describe(name: string, options: api.CallOptions = {}): Promise<api.SessionInfo | undefined> {
    return this.timed(this.timeout, `cannot look up session "${name}"`, options, (signal) =>
      describeSession(this.#settings, name, signal),
    )
  }

  watch({ signal, onLive }: api.WatchOptions = {}): AsyncGenerator<api.SessionChange> {
    onLive?.(true)
    const either = AbortSignal.any([this.#closing.signal, ...(signal === undefined ? [] : [signal])])
    const list = () => this.list({ signal: either })
    return changesOf(list, () => setTimeout(LOOK_AGAIN), either)
  }

  attach(name: string, terminal: AttachTerminal, options: api.AttachOptions = {}): Promise<number> {
    return this.call(`cannot attach to session "${name}"`, () => attachTo(this.#settings, name, terminal, options))
  }

  async *logs(name: string, options: api.LogOptions = {}): AsyncGenerator<Uint8Array> {
    try {
      yield* sessionLogs(folderOf(this.#settings, name), name, options)
    } catch (error) {
      throw toSessionError(error, `cannot read the log of session "${name}"`)
    }
  }

  /** Only among what the session's agent has begun: this machine runs much else. */
  override async processAlive(
    name: string,
    processNames: readonly string[],
    options: api.CallOptions = {},
  ): Promise<boolean> {
    if (processNames.length === 0) return true
    return this.timed(this.timeout, `cannot look up session "${name}"`, options, (signal) =>
      abortable(runsProcess(this.#settings, name, processNames, signal), signal),
    )
  }

  async close(): Promise<void> {
    this.#closing.abort(new SessionError('the provider was closed'))
    this.sessions.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  protected override run(...call: Parameters<RunBeside>): ReturnType<RunBeside> {
    return runLocally(this.#settings, ...call)
  }

  protected override toSessionError(error: unknown, doing: string): unknown {
    return toSessionError(error, doing)
  }
}
