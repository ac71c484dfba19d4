import { createClient } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { SessionVerbs } from '../engine/session-verbs.ts'
import type * as api from '../provider.ts'
import type { RunBeside } from '../run/spawn.ts'
import type { Session } from '../session.ts'
import type { AttachTerminal } from '../verbs/attach.ts'
import { attachTo } from './attach.ts'
import { checkImage, type ImageCheck } from './check-image.ts'
import type { Cluster } from './cluster.ts'
import { toSessionError } from './failure.ts'
import { describeSession, listRunning, listSessions } from './list.ts'
import { sessionLogs } from './logs.ts'
import type { KubernetesSessionProviderOptions } from './options.ts'
import { workspaceOf } from './pod.ts'
import { openSession, reachSession } from './pod-stream.ts'
import { type PreviewOptions, podToBe, previewOnServer } from './preview.ts'
import { type RestartOptions, restartSession } from './restart.ts'
import { runInPod } from './run.ts'
import { readSettings } from './settings.ts'
import { startSession } from './start.ts'
import { stopSession } from './stop.ts'
import { unknownVariables } from './variables/unknown.ts'
import { watchSessions } from './watch-sessions.ts'

const DEFAULT_GRACE = 5

/** What a cluster can do beside running sessions. */
export interface KubernetesSessionProvider extends api.SessionProvider {
  readonly namespace: string
  /**
   * All that `start` does but for the agent: afterwards the session does not run, `exec` and `spawn` reach its place,
   * and `tmux new-session -d -s main COMMAND` there makes it run. `stop` removes it.
   */
  provision(name: string, config?: api.StartConfig, options?: api.StartOptions): Promise<void>
  /**
   * The pod that `start` would make, which is not made. With `server`, the API server is asked whether it would take it;
   * with `replace` too, the session that is there would be stopped before.
   * @throws {SessionExists} with `server`: a session of this name is there, and not to be replaced
   * @throws {SessionStartFailed} with `server`: it would refuse the pod
   */
  preview(name: string, config?: api.StartConfig, options?: PreviewOptions): Promise<Pod>
  /**
   * Ends a session, if it runs, and starts it as it was started: with the image, the command and the environment of its
   * pod. Its metadata, and what only its pod kept, are gone.
   * @throws {SessionNotFound} it has no pod any more
   * @throws {InvalidArgument} files were copied into it when it was started, or its pod is not one of ours
   */
  restart(name: string, options?: RestartOptions): Promise<Session>
  /**
   * Asks a kubelet whether it has an image or can pull it, by a pod that ends at once and is removed in any case.
   * @throws {ClusterError} no answer came within 22 s, as where the image is still being pulled
   */
  checkImage(image: string, options?: api.CallOptions): Promise<ImageCheck>
}

/**
 * Sessions as pods of a cluster. Control streams stay open between calls until `close`.
 * @throws {ClusterError} the kubeconfig cannot be read or names what it does not have
 * @throws {InvalidArgument} an option or a variable has a value that cannot be used
 */
export async function kubernetesSessionProvider(
  options: KubernetesSessionProviderOptions = {},
): Promise<KubernetesSessionProvider> {
  const settings = readSettings(options)
  const { namespace, context, timeouts } = settings
  const env = options.env ?? process.env
  if (options.onUnknownVariable !== undefined) unknownVariables(env).forEach(options.onUnknownVariable)
  try {
    const client = await createClient({
      ...options,
      context,
      namespace,
      env,
      connectTimeout: options.connectTimeout ?? timeouts.connect,
      requestTimeout: timeouts.verb,
    })
    const changed = async (session: string) =>
      (await import('../broker/tell.ts')).tellBroker(session, namespace, { ...options, context, namespace, env })
    return sessionProviderFor({ client, settings, keepStreams: options.keepStreams ?? true, changed })
  } catch (error) {
    throw toSessionError(error, 'cannot reach the cluster')
  }
}

/** The provider of a cluster's sessions, over a client that others may use too. */
export function sessionProviderFor(cluster: Cluster): KubernetesSessionProvider {
  return new PodSessionProvider(cluster)
}

class PodSessionProvider extends SessionVerbs implements KubernetesSessionProvider {
  readonly #cluster: Cluster
  protected override readonly workspace: string

  constructor(cluster: Cluster) {
    const { keepStreams, settings } = cluster
    const reach = keepStreams ? undefined : (name: string, signal: AbortSignal) => reachSession(cluster, name, signal)
    super((name, signal) => openSession(cluster, name, signal), settings.timeouts.verb, reach)
    this.#cluster = cluster
    this.workspace = workspaceOf(cluster.settings).root
  }

  get namespace(): string {
    return this.#cluster.settings.namespace
  }

  start(name: string, config: api.StartConfig = {}, options: api.StartOptions = {}): Promise<Session> {
    return this.call(`cannot start session "${name}"`, async () => {
      const session = await startSession(this.#cluster, name, config, options)
      if (this.#cluster.keepStreams) this.sessions.keep(session)
      await this.#cluster.changed?.(name)
      return session
    })
  }

  async provision(name: string, config: api.StartConfig = {}, options: api.StartOptions = {}): Promise<void> {
    await this.call(`cannot provision session "${name}"`, async () => {
      const stream = await startSession(this.#cluster, name, config, options, 'provision')
      await stream.close()
      await this.#cluster.changed?.(name)
    })
  }

  preview(
    name: string,
    config: api.StartConfig = {},
    { server = false, replace = false, ...options }: PreviewOptions = {},
  ): Promise<Pod> {
    return this.timed(this.timeout, `cannot preview session "${name}"`, options, (signal) =>
      server ? previewOnServer(this.#cluster, name, config, { replace, signal }) : podToBe(this.#cluster, name, config),
    )
  }

  restart(name: string, options: RestartOptions = {}): Promise<Session> {
    return this.call(`cannot restart session "${name}"`, async () => {
      try {
        const session = await restartSession(this.#cluster, name, options)
        if (this.#cluster.keepStreams) this.sessions.keep(session)
        return session
      } finally {
        await this.#cluster.changed?.(name)
      }
    })
  }

  stop(name: string, options: api.StopOptions = {}): Promise<boolean> {
    const grace = options.gracePeriodSeconds ?? DEFAULT_GRACE
    return this.timed(
      grace * 1000 + this.#cluster.settings.timeouts.stop,
      `cannot stop session "${name}"`,
      options,
      async (signal) => {
        const wasThere = await stopSession(this.#cluster, name, grace, signal)
        await this.#cluster.changed?.(name)
        return wasThere
      },
    )
  }

  listRunning(prefix = '', options: api.CallOptions = {}): Promise<string[]> {
    return this.timed(this.timeout, 'cannot list sessions', options, (signal) =>
      listRunning(this.#cluster, prefix, signal),
    )
  }

  list(options: api.ListOptions = {}): Promise<api.SessionInfo[]> {
    return this.timed(this.timeout, 'cannot list sessions', options, (signal) =>
      listSessions(this.#cluster, { ...options, signal }),
    )
  }

  describe(name: string, options: api.CallOptions = {}): Promise<api.SessionInfo | undefined> {
    return this.timed(this.timeout, `cannot look up session "${name}"`, options, (signal) =>
      describeSession(this.#cluster, name, signal),
    )
  }

  attach(name: string, terminal: AttachTerminal, options: api.AttachOptions = {}): Promise<number> {
    return this.call(`cannot attach to session "${name}"`, () => attachTo(this.#cluster, name, terminal, options))
  }

  async *watch(options: api.WatchOptions = {}): AsyncGenerator<api.SessionChange> {
    try {
      yield* watchSessions(this.#cluster, options)
    } catch (error) {
      throw toSessionError(error, 'cannot watch sessions')
    }
  }

  checkImage(image: string, { signal }: api.CallOptions = {}): Promise<ImageCheck> {
    return this.call(`cannot check image "${image}"`, () => checkImage(this.#cluster, image, signal))
  }

  async *logs(name: string, options: api.LogOptions = {}): AsyncGenerator<Uint8Array> {
    try {
      yield* sessionLogs(this.#cluster, name, options)
    } catch (error) {
      throw this.toSessionError(error, `cannot read the log of session "${name}"`)
    }
  }

  async close(): Promise<void> {
    this.sessions.close()
    await this.#cluster.client.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  protected override run(...call: Parameters<RunBeside>): ReturnType<RunBeside> {
    return runInPod(this.#cluster, ...call)
  }

  protected override toSessionError(error: unknown, doing: string): unknown {
    return toSessionError(error, doing, this.#cluster.client.server)
  }
}
