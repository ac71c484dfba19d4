import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { DeadlineExceeded, withDeadline } from '../deadline.ts'
import { ClusterError } from '../errors.ts'
import { CHECK_APP, checkImagePod } from './check-image-pod.ts'
import { type Cluster, isFinished, nameOf, pods } from './cluster.ts'
import { diagnose } from './diagnosis.ts'
import { grantCommand } from './permission.ts'
import { postPod } from './post-pod.ts'
import { deletePod } from './stop.ts'

/** Whether the kubelet can run an image. */
export interface ImageCheck {
  available: boolean
  /** Kubernetes' word for why not: `ErrImagePull`, `InvalidImageName`. */
  reason?: string | undefined
  /** Kubernetes' sentence for why not. */
  message?: string | undefined
  /** What was not removed, why, and how to remove it; undefined: the check has left nothing. */
  left?: string | undefined
}

/** Milliseconds that a check may take, without its removal: gc allows 30 s for the whole. */
const CHECK_TIMEOUT = 22_000
/** Milliseconds that creating or removing the pod may take. */
const REQUEST_TIMEOUT = 2500
/** Milliseconds after which what an earlier check left is removed. */
const ABANDONED = 60_000

const PULL_FAILED =
  /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|.*Registry.*|Signature.*)$/

/**
 * Asks a kubelet for an image, by a pod that ends at once and is removed in any case.
 * @throws {ClusterError} no node would take the pod, or no answer came within 22 s, as where the image is still pulled
 */
export async function checkImage(
  cluster: Cluster,
  image: string,
  signal: AbortSignal | undefined,
): Promise<ImageCheck> {
  signal?.throwIfAborted()
  const sweeping = sweep(cluster)
  // Not aborted: a pod that nobody knows of could not be removed.
  const pod = await postPod(cluster.client, checkImagePod(cluster.settings, image), { timeout: REQUEST_TIMEOUT })
  const doing = `cannot tell whether the cluster can run image "${image}"`
  const checking = withDeadline(CHECK_TIMEOUT, doing, signal, (either) => verdict(cluster, pod, image, either))
  await checking.catch(() => {}) // told once its pod is removed
  const [left] = await Promise.all([remove(cluster, pod), sweeping])
  return { ...(await checking), left }
}

/** Removes the pod of a check; where that cannot be done, says so: the kubelet ends it within 30 s. */
async function remove(cluster: Cluster, pod: Pod): Promise<string | undefined> {
  try {
    await deletePod(cluster, pod, 0, AbortSignal.timeout(REQUEST_TIMEOUT))
    return undefined
  } catch (error) {
    const { name, namespace } = nameOf(pod)
    const why = error instanceof Error ? error.message : String(error)
    const grant = grantCommand(why) ?? `remove it: kubectl -n ${namespace} delete pod ${name}`
    return `pod ${name}, which checked the image and ends by itself, could not be removed: ${why}\nTry: ${grant}`
  }
}

async function verdict(cluster: Cluster, created: Pod, image: string, signal: AbortSignal): Promise<ImageCheck> {
  const { name, namespace } = nameOf(created)
  const resourceVersion = created.metadata?.resourceVersion
  const fieldSelector = `metadata.name=${name}`
  let why = ''
  try {
    for await (const { type, object } of cluster.client.watch(pods, {
      namespace,
      fieldSelector,
      resourceVersion,
      signal,
    })) {
      const check = type === 'DELETED' ? undefined : judge(object)
      if (check !== undefined) return check
      if (type === 'DELETED') throw new ClusterError(`somebody deleted the pod that checked image "${image}"`)
      why = diagnose(object)?.message ?? ''
    }
  } catch (error) {
    if (!(signal.reason instanceof DeadlineExceeded) || why === '') throw error
    throw new ClusterError(`${signal.reason.message}: ${why}`, { cause: error })
  }
  throw new ClusterError(`the watch of the pod that checked image "${image}" ended`)
}

/** Undefined while nobody knows. */
function judge(pod: Pod): ImageCheck | undefined {
  const [status] = pod.status?.containerStatuses ?? []
  const diagnosis = diagnose(pod)
  const waiting = status?.state?.waiting?.reason ?? 'ContainerCreating'
  if (PULL_FAILED.test(waiting)) return { available: false, reason: waiting, message: diagnosis?.message }
  const pulled = status?.state?.running ?? status?.state?.terminated ?? status?.lastState?.terminated
  if (pulled !== undefined || status?.imageID || waiting !== 'ContainerCreating') return { available: true }
  if (!isFinished(pod)) return undefined
  throw new ClusterError(`the pod that was to check the image did not run: ${diagnosis?.message}`)
}

/** Removes what checks that were killed have left. */
async function sweep({ client, settings }: Cluster): Promise<void> {
  const { namespace } = settings
  const options = { namespace, labelSelector: `app=${CHECK_APP}`, timeout: REQUEST_TIMEOUT }
  const list = await client.list(pods, options).catch(() => ({ items: [] as Pod[] }))
  const old = list.items.filter((pod) => Date.now() - Date.parse(pod.metadata?.creationTimestamp ?? '') > ABANDONED)
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT)
  await Promise.all(
    old.map((pod) => deletePod({ client, settings, keepStreams: false }, pod, 0, signal).catch(() => {})),
  )
}
