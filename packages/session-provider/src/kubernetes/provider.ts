import { createClient } from '@kubectl-gc/kube'
import { abortable, withDeadline } from '../deadline.ts'
import { isSessionError } from '../errors.ts'
import type * as api from '../provider.ts'
import type { Session } from '../session.ts'
import type { AttachTerminal } from '../verbs/attach.ts'
import { isRunning } from '../verbs/is-running.ts'
import { attachTo } from './attach.ts'
import type { Cluster } from './cluster.ts'
import { toSessionError } from './failure.ts'
import { describeSession, listRunning, listSessions } from './list.ts'
import { sessionLogs } from './logs.ts'
import { copyMeta } from './meta-copy.ts'
import type { KubernetesSessionProviderOptions } from './options.ts'
import { run } from './run.ts'
import { SessionPool } from './session-pool.ts'
import { readSettings } from './settings.ts'
import { startSession } from './start.ts'
import { stopSession } from './stop.ts'

/** Milliseconds that a session verb may take. */
const VERB_TIMEOUT = 10_000
const DEFAULT_GRACE = 5
/** Milliseconds beyond its grace period that a stop waits for the kubelet. */
const STOP_TIMEOUT = 20_000

/**
 * Sessions as pods of a cluster. Control streams stay open between calls until `close`.
 * @throws {ClusterError} the kubeconfig cannot be read or names what it does not have
 * @throws {InvalidArgument} an option or a variable has a value that cannot be used
 */
export async function kubernetesSessionProvider(
  options: KubernetesSessionProviderOptions = {},
): Promise<api.SessionProvider & { readonly namespace: string }> {
  const settings = readSettings(options)
  const env = options.env ?? process.env
  const context = options.context ?? (env.GC_K8S_CONTEXT || undefined)
  try {
    const client = await createClient({ ...options, context, namespace: settings.namespace, env })
    return new KubernetesSessionProvider({ client, settings })
  } catch (error) {
    throw toSessionError(error, 'cannot reach the cluster')
  }
}

class KubernetesSessionProvider implements api.SessionProvider {
  readonly #cluster: Cluster
  readonly #sessions: SessionPool

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    this.#sessions = new SessionPool(cluster)
  }

  get namespace(): string {
    return this.#cluster.settings.namespace
  }

  start(name: string, config: api.StartConfig = {}, options: api.StartOptions = {}): Promise<Session> {
    return this.#call(`cannot start session "${name}"`, async () => {
      const session = await startSession(this.#cluster, name, config, options)
      this.#sessions.keep(session)
      return session
    })
  }

  stop(name: string, options: api.StopOptions = {}): Promise<boolean> {
    const grace = options.gracePeriodSeconds ?? DEFAULT_GRACE
    return this.#timed(grace * 1000 + STOP_TIMEOUT, `cannot stop session "${name}"`, options, (signal) =>
      stopSession(this.#cluster, name, grace, signal),
    )
  }

  open(name: string, options: api.CallOptions = {}): Promise<Session> {
    return this.#timed(VERB_TIMEOUT, `cannot open session "${name}"`, options, (signal) =>
      abortable(this.#sessions.open(name), signal),
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

  listRunning(prefix = '', options: api.CallOptions = {}): Promise<string[]> {
    return this.#timed(VERB_TIMEOUT, 'cannot list sessions', options, (signal) =>
      listRunning(this.#cluster, prefix, signal),
    )
  }

  list(options: api.CallOptions = {}): Promise<api.SessionInfo[]> {
    return this.#timed(VERB_TIMEOUT, 'cannot list sessions', options, (signal) => listSessions(this.#cluster, signal))
  }

  describe(name: string, options: api.CallOptions = {}): Promise<api.SessionInfo | undefined> {
    return this.#timed(VERB_TIMEOUT, `cannot look up session "${name}"`, options, (signal) =>
      describeSession(this.#cluster, name, signal),
    )
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
    await copyMeta(this.#cluster, name, key, value)
  }

  getMeta(name: string, key: string, options: api.CallOptions = {}): Promise<string | undefined> {
    return this.#read(name, options, (session) => session.getMeta(key))
  }

  async removeMeta(name: string, key: string, options: api.CallOptions = {}): Promise<void> {
    await this.#write(name, options, (session) => session.removeMeta(key))
    await copyMeta(this.#cluster, name, key, null)
  }

  listMeta(name: string, options: api.CallOptions = {}): Promise<Record<string, string>> {
    return this.#read(name, options, (session) => session.listMeta())
  }

  attach(name: string, terminal: AttachTerminal, options: api.CallOptions = {}): Promise<number> {
    return this.#call(`cannot attach to session "${name}"`, () =>
      attachTo(this.#cluster, name, terminal, options.signal),
    )
  }

  exec(name: string, command: string[], options: api.ExecOptions = {}): Promise<api.ExecResult> {
    return this.#call(`cannot run a command in session "${name}"`, () => run(this.#cluster, name, command, options))
  }

  async *logs(name: string, options: api.LogOptions = {}): AsyncGenerator<Uint8Array> {
    try {
      yield* sessionLogs(this.#cluster, name, options)
    } catch (error) {
      throw toSessionError(error, `cannot read the log of session "${name}"`)
    }
  }

  async close(): Promise<void> {
    this.#sessions.close()
    await this.#cluster.client.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Once, whatever happens: a second try could do it twice. */
  #write(name: string, options: api.CallOptions, verb: (session: Session) => Promise<void>): Promise<void> {
    return this.#timed(VERB_TIMEOUT, `cannot reach session "${name}"`, options, (signal) =>
      this.#sessions.use(name, signal, verb),
    )
  }

  /** Again, on a new stream, when the first was cut. */
  #read<T>(name: string, options: api.CallOptions, verb: (session: Session) => Promise<T>): Promise<T> {
    return this.#timed(VERB_TIMEOUT, `cannot reach session "${name}"`, options, async (signal) => {
      try {
        return await this.#sessions.use(name, signal, verb)
      } catch (error) {
        if (!isSessionError(error) || error.name !== 'OutcomeUnknown' || signal.aborted) throw error
        return await this.#sessions.use(name, signal, verb)
      }
    })
  }

  #timed<T>(
    milliseconds: number,
    doing: string,
    options: api.CallOptions,
    action: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#call(doing, () => withDeadline(milliseconds, doing, options.signal, action))
  }

  async #call<T>(doing: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action()
    } catch (error) {
      throw toSessionError(error, doing)
    }
  }
}
