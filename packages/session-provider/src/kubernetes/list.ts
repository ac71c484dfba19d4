import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { isSessionError } from '../errors.ts'
import type { ListOptions, SessionInfo } from '../provider.ts'
import { NoMainSession } from '../tmux/no-main-session.ts'
import { isForeign } from './city.ts'
import { type Cluster, mayRun, pods, podsOf, sessionOf } from './cluster.ts'
import { diagnose } from './diagnosis.ts'
import { toSessionInfo } from './info.ts'
import { APP, APP_LABEL, STAGING, SUPERVISOR_LABEL } from './labels.ts'
import { connectTo, isContainerGone, oneShotClient } from './pod-stream.ts'

type Signal = AbortSignal | undefined

/** Every session of our city in the namespace, or in all, whatever its phase, by namespace and name. */
export async function listSessions(
  cluster: Cluster,
  { allNamespaces, signal }: ListOptions = {},
): Promise<SessionInfo[]> {
  const pods = await sessionPods(cluster, signal, allNamespaces)
  const infos = await Promise.all(pods.map((pod) => describePod(cluster, pod, signal)))
  return infos.sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name))
}

/** One session, the running one first where an earlier one's pod is still there. */
export async function describeSession(
  cluster: Cluster,
  name: string,
  signal: Signal,
): Promise<SessionInfo | undefined> {
  const { items } = await podsOf(cluster, name, signal)
  const pod = items.find(mayRun) ?? items[0]
  return pod === undefined ? undefined : describePod(cluster, pod, signal)
}

/** The names of the sessions that run. */
export async function listRunning(cluster: Cluster, prefix: string, signal: Signal): Promise<string[]> {
  const known =
    cluster.sessionPods === undefined ? await sessionPods(cluster, signal) : await cluster.sessionPods(signal)
  const candidates = known.filter((pod) => mayRun(pod) && sessionOf(pod).startsWith(prefix) && isOurs(cluster, pod))
  const running = await Promise.all(candidates.map((pod) => isRunning(cluster, pod, signal)))
  const names = candidates.filter((_, index) => running[index]).map(sessionOf)
  return [...new Set(names)].sort(compare)
}

async function sessionPods({ client, settings }: Cluster, signal: Signal, allNamespaces = false): Promise<Pod[]> {
  const namespace = allNamespaces ? undefined : settings.namespace
  const list = await client.list(pods, { namespace, labelSelector: `${APP_LABEL}=${APP}`, signal })
  return list.items.filter((pod) => isOurs({ settings }, pod))
}

function isOurs({ settings }: Pick<Cluster, 'settings'>, pod: Pod): boolean {
  return sessionOf(pod) !== '' && !isForeign(pod, settings.city)
}

/** What there is to say of a session's pod. Where its status may lag, its tmux is asked. */
export async function describePod(cluster: Cluster, pod: Pod, signal: Signal): Promise<SessionInfo> {
  const staged = pod.metadata?.labels?.[SUPERVISOR_LABEL] === STAGING && pod.status?.phase === 'Running'
  const comingUp = mayRun(pod) && (staged || pod.status?.phase === 'Pending') && diagnose(pod) === undefined
  return toSessionInfo(pod, comingUp && (await holdsMain(cluster, pod, signal)))
}

/** The pods of our supervisor end with `main`, so theirs is the truth once they run; in any other, tmux is asked. */
async function isRunning(cluster: Cluster, pod: Pod, signal: Signal): Promise<boolean> {
  if (pod.status?.phase === 'Running' && pod.metadata?.labels?.[SUPERVISOR_LABEL] === 'start') return true
  return diagnose(pod) === undefined && (await holdsMain(cluster, pod, signal))
}

async function holdsMain(cluster: Cluster, pod: Pod, signal: Signal, mayAskAgain = true): Promise<boolean> {
  try {
    const isShared = cluster.streams?.hasRoom(pod.metadata?.uid ?? '') === true
    const tmux = isShared ? await connectTo(cluster, pod, signal) : oneShotClient(cluster, pod, signal)
    await tmux.run('has-session -t =main')
    return true
  } catch (error) {
    if (isContainerGone(error) || error instanceof NoMainSession) return false
    const isCut = isSessionError(error) && (error.name === 'OutcomeUnknown' || error.name === 'StreamClosed')
    if (mayAskAgain && isCut) return holdsMain(cluster, pod, signal, false)
    throw error
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
