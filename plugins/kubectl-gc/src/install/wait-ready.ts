import { type Client, resource } from '@kubectl-gc/kube'
import type { Pod, StatefulSet } from '@kubectl-gc/manifests/kubernetes'
import { UsageError } from '../errors/usage.ts'
import { latestWarning } from './latest-warning.ts'
import { stuckReason } from './stuck-reason.ts'

const statefulSets = resource<StatefulSet>('apps', 'v1', 'statefulsets')
const pods = resource<Pod>('', 'v1', 'pods')

export interface WaitOptions {
  signal: AbortSignal
  /** Milliseconds. */
  timeout: number
  /** Told what is waited for, and why it takes so long. */
  onProgress: (step: string) => void
}

function isReady({ metadata, spec, status }: StatefulSet): boolean {
  const wanted = spec?.replicas ?? 1
  const seen = (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0)
  return seen && (status?.readyReplicas ?? 0) >= wanted && (status?.updatedReplicas ?? wanted) >= wanted
}

/** Tells of every reason for which a pod of the StatefulSet is stuck, until the signal aborts. */
async function reportStuckPods(client: Client, set: StatefulSet, signal: AbortSignal, tell: (why: string) => void) {
  const selector = Object.entries(set.spec?.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`)
  const options = { namespace: set.metadata?.namespace, labelSelector: selector.join(','), signal }
  for await (const { object } of client.watch(pods, options)) {
    const reason = stuckReason(object)
    if (reason !== undefined) tell(`pod ${object.metadata?.name}: ${reason}`)
  }
}

/**
 * Resolves once every pod of the StatefulSet is ready.
 * @throws {UsageError} it was not in time; the message says what keeps it
 */
export async function waitUntilReady(client: Client, set: StatefulSet, options: WaitOptions): Promise<void> {
  const { name, namespace } = set.metadata ?? {}
  const what = `statefulset.apps/${name}`
  const ended = new AbortController()
  const deadline = AbortSignal.timeout(options.timeout)
  const signal = AbortSignal.any([options.signal, ended.signal, deadline])
  let why: string | undefined
  const told = new Set<string | undefined>()
  const stuck = reportStuckPods(client, set, signal, (reason) => {
    why = reason
    const word = reason.split(':', 2).join(':')
    if (!told.has(word)) options.onProgress(`waiting for ${what}: ${reason}`)
    told.add(word)
  }).catch(() => undefined)
  options.onProgress(`waiting for ${what} to be ready`)
  try {
    for await (const { type, object } of client.watch(statefulSets, {
      namespace,
      fieldSelector: `metadata.name=${name}`,
      signal,
    })) {
      if (type !== 'DELETED' && isReady(object)) return
    }
  } catch (error) {
    options.signal.throwIfAborted()
    if (!deadline.aborted) throw error
  } finally {
    ended.abort()
    await stuck
  }
  options.signal.throwIfAborted()
  why ??= await latestWarning(client, namespace)
  const after = `${Math.round(options.timeout / 1000)}s`
  const message = `${what} in namespace ${namespace} is not ready after ${after}${why === undefined ? '' : `: ${why}`}`
  throw new UsageError(message, `kubectl describe pods --namespace ${namespace}`)
}
