import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { isSessionError } from '../errors.ts'
import type { SessionInfo } from '../provider.ts'
import { connect } from '../tmux/connect.ts'
import { type Cluster, isUp, pods, sessionOf } from './cluster.ts'
import { toSessionInfo } from './info.ts'
import { APP, APP_LABEL, SUPERVISOR_LABEL } from './labels.ts'
import { podTransport } from './pod-stream.ts'

/** Every session of the namespace, whatever its phase, by name. */
export async function listSessions(cluster: Cluster, signal: AbortSignal | undefined): Promise<SessionInfo[]> {
  return (await sessionPods(cluster, signal)).map(toSessionInfo).sort((a, b) => compare(a.name, b.name))
}

/** The names of the sessions that run. */
export async function listRunning(
  cluster: Cluster,
  prefix: string,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const candidates = (await sessionPods(cluster, signal)).filter(
    (pod) => isUp(pod) && sessionOf(pod).startsWith(prefix),
  )
  const running = await Promise.all(candidates.map((pod) => holdsMain(cluster, pod, signal)))
  const names = candidates.filter((_, index) => running[index]).map(sessionOf)
  return [...new Set(names)].sort(compare)
}

async function sessionPods({ client, settings }: Cluster, signal: AbortSignal | undefined): Promise<Pod[]> {
  const list = await client.list(pods, { namespace: settings.namespace, labelSelector: `${APP_LABEL}=${APP}`, signal })
  return list.items.filter((pod) => sessionOf(pod) !== '')
}

/** The pods of our supervisor end with `main`; in any other, tmux is asked. */
async function holdsMain(cluster: Cluster, pod: Pod, signal: AbortSignal | undefined): Promise<boolean> {
  if (pod.metadata?.labels?.[SUPERVISOR_LABEL] === 'start') return true
  try {
    const tmux = await connect(podTransport(cluster, pod), signal)
    tmux.close()
    return true
  } catch (error) {
    if (isSessionError(error) && error.name === 'NoMainSession') return false
    throw error
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
