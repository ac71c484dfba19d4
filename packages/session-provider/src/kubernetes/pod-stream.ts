import { type ApiError, isApiError, isKubeError } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { SessionNotFound } from '../errors.ts'
import { Session } from '../session.ts'
import { connect, KilledConnecting } from '../tmux/connect.ts'
import { NoMainSession } from '../tmux/no-main-session.ts'
import { OneShotClient } from '../tmux/one-shot-client.ts'
import type { Tmux } from '../tmux/tmux.ts'
import type { Transport } from '../tmux/transport.ts'
import { type Cluster, mayRun, nameOf, podsOf } from './cluster.ts'
import { diagnose } from './diagnosis.ts'
import { CONTAINER } from './labels.ts'
import { metaCopy } from './meta-copy.ts'
import { againIfUnstarted } from './unstarted.ts'

/** Runs commands in a pod's agent container. */
export function podTransport({ client, streams }: Cluster, pod: Pod): Transport {
  const transport: Transport = (command, { signal, stdin = true }) =>
    client.exec(nameOf(pod), { command, container: CONTAINER, stdin, signal })
  return streams?.share(pod.metadata?.uid ?? '', transport) ?? transport
}

/** Connects to the tmux in a pod. Where the container's end cut that short, a second try is told so in words. */
export async function connectTo(cluster: Cluster, pod: Pod, signal: AbortSignal | undefined): Promise<Tmux> {
  const transport = podTransport(cluster, pod)
  return await againIfUnstarted(async () => {
    try {
      return await connect(transport, signal)
    } catch (error) {
      if (!(error instanceof KilledConnecting)) throw error
      return await connect(transport, signal)
    }
  })
}

/** A tmux for each command in a pod. @param explain makes errors into the caller's. Default: leaves them */
export function oneShotClient(
  cluster: Cluster,
  pod: Pod,
  signal: AbortSignal | undefined,
  explain = (error: unknown) => error,
): OneShotClient {
  return new OneShotClient(podTransport(cluster, pod), signal, async (attempt) => {
    try {
      return await againIfUnstarted(attempt)
    } catch (error) {
      throw explain(error)
    }
  })
}

/**
 * Opens the control stream of a running session.
 * @throws {SessionNotFound} no pod of this session is up, or its tmux has no `main`
 */
export async function openSession(cluster: Cluster, name: string, signal: AbortSignal | undefined): Promise<Session> {
  const pod = await findPod(cluster, name, signal)
  try {
    return new Session(name, await connectTo(cluster, pod, signal), metaCopy(cluster, pod))
  } catch (error) {
    throw explain(name, pod, error)
  }
}

/** A running session, each of whose verbs runs a tmux of its own. @throws {SessionNotFound} */
export async function reachSession(cluster: Cluster, name: string, signal: AbortSignal): Promise<Session> {
  const pod = await findPod(cluster, name, signal)
  const tmux = oneShotClient(cluster, pod, signal, (error) => explain(name, pod, error))
  return new Session(name, tmux, metaCopy(cluster, pod))
}

function explain(name: string, pod: Pod, error: unknown): unknown {
  if (!(error instanceof NoMainSession) && !isContainerGone(error)) return error
  const suggestion = `see why: kubectl gc status ${name}`
  return new SessionNotFound(name, { cause: error, why: whyNot(pod), suggestion })
}

/** The pod that may hold the session. @throws {SessionNotFound} */
export async function findPod(cluster: Cluster, name: string, signal: AbortSignal | undefined): Promise<Pod> {
  const { items } = await podsOf(cluster, name, signal)
  const candidate = items.find(mayRun)
  if (candidate !== undefined) return candidate
  const [pod] = items
  if (pod === undefined)
    throw new SessionNotFound(name, { why: `there is none in namespace ${cluster.settings.namespace}` })
  throw new SessionNotFound(name, {
    why: whyNot(pod),
    suggestion: `see why: kubectl gc status ${name}`,
  })
}

function whyNot(pod: Pod): string {
  return (
    diagnose(pod)?.message ?? (pod.status?.phase === 'Running' ? 'its pod holds no session' : 'it is still starting')
  )
}

/** The kubelet's and the API server's words for a container that does not run, or runs no longer. */
export function isContainerGone(error: unknown): boolean {
  if (isApiError(error, 'NotFound')) return true
  const gone =
    /container not found|does not have a host assigned|container is not running|no running task found|container is in CONTAINER_EXITED state|cannot exec in a (deleted|stopped)/
  return isKubeError(error) && 'code' in error && (error as ApiError).code >= 400 && gone.test(error.message)
}
