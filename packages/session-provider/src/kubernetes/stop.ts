import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { isApiError } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { DeadlineExceeded } from '../deadline.ts'
import { ClusterError } from '../errors.ts'
import { type Cluster, isFinished, nameOf, pods, podsOf } from './cluster.ts'

/** Milliseconds between looks at a pod that is being deleted. */
const LOOK_AGAIN = 2000

/**
 * Ends a session: its agent is hung up on, has its grace, and the name is free when this resolves.
 * @returns whether there was anything to stop
 */
export async function stopSession(
  cluster: Cluster,
  session: string,
  gracePeriodSeconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { items, resourceVersion } = await podsOf(cluster, session, signal)
  await Promise.all(
    items.map(async (pod) => {
      const there = await deletePod(cluster, pod, isFinished(pod) ? 0 : gracePeriodSeconds, signal)
      if (there) await waitUntilGone(cluster, pod, resourceVersion, signal)
    }),
  )
  return items.length > 0
}

/** Asks for the deletion of exactly this pod; false when it is gone already, or another pod has its name now. */
export async function deletePod(
  { client }: Cluster,
  pod: Pod,
  gracePeriodSeconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await client.delete(pods, nameOf(pod), { uid: pod.metadata?.uid, gracePeriodSeconds, signal })
  } catch (error) {
    if (isApiError(error, 'Conflict')) return false
    throw error
  }
}

/** Resolves when the API server has forgotten the pod: a watch tells at once, and a look now and then makes sure. */
export async function waitUntilGone(cluster: Cluster, pod: Pod, resourceVersion: string, signal: AbortSignal) {
  const settled = new AbortController()
  const either = AbortSignal.any([signal, settled.signal])
  const told = watchUntilGone(cluster, pod, resourceVersion, either)
  const seen = lookUntilGone(cluster, pod, either)
  try {
    await Promise.race([told, seen])
  } catch (error) {
    if (!(signal.reason instanceof DeadlineExceeded)) throw error
    const finalizers = pod.metadata?.finalizers?.join(', ')
    const suggestion =
      finalizers === undefined
        ? `see why: kubectl describe pod ${nameOf(pod).name}`
        : `it waits for its finalizers: ${finalizers}`
    throw new ClusterError(`pod ${nameOf(pod).name} is still being deleted`, { cause: error, suggestion })
  } finally {
    settled.abort()
    told.catch(() => {})
    seen.catch(() => {})
  }
}

async function watchUntilGone({ client }: Cluster, pod: Pod, resourceVersion: string, signal: AbortSignal) {
  const { name, namespace } = nameOf(pod)
  const fieldSelector = `metadata.name=${name}`
  for await (const event of client.watch(pods, { namespace, fieldSelector, resourceVersion, signal })) {
    if (event.type === 'DELETED' || event.object.metadata?.uid !== pod.metadata?.uid) return
  }
}

async function lookUntilGone({ client }: Cluster, pod: Pod, signal: AbortSignal) {
  for (;;) {
    await setTimeout(LOOK_AGAIN, undefined, { signal })
    try {
      const now = await client.get(pods, nameOf(pod), { signal })
      if (now.metadata?.uid !== pod.metadata?.uid) return
    } catch (error) {
      if (isApiError(error, 'NotFound')) return
      if (!isApiError(error, 'Forbidden')) throw error
      await once(signal, 'abort') // the watch tells
    }
  }
}
