import { type Client, isApiError, type ObjectName, resource } from '@kubectl-gc/kube'
import { stuckReason } from '@kubectl-gc/kube/apply'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { UsageError } from '../errors/usage.ts'

const pods = resource<Pod>('', 'v1', 'pods')
const labelSelector = 'app=dolt'

/** The container of the server, in each pod of Dolt's. */
export const CONTAINER = 'dolt'

/**
 * The pod in which Dolt answers.
 * @throws {UsageError} there is none in the namespace, or it is not ready; the message says why, and where there is one
 */
export async function findDolt(client: Client, namespace: string, signal: AbortSignal): Promise<ObjectName> {
  const { items } = await client.list(pods, { namespace, labelSelector, signal })
  const ready = items.find((pod) => pod.metadata?.deletionTimestamp === undefined && isReady(pod))
  if (ready !== undefined) return { name: ready.metadata?.name ?? '', namespace }
  const [pod] = items
  if (pod === undefined) throw await missing(client, namespace, signal)
  const going = pod.metadata?.deletionTimestamp === undefined ? undefined : 'its pod is being deleted'
  const why = going ?? stuckReason(pod)?.why ?? `its pod is ${pod.status?.phase}`
  throw new UsageError(
    `the Dolt server in namespace ${namespace} is not ready: ${why}`,
    `kubectl describe pod ${pod.metadata?.name} --namespace ${namespace}`,
  )
}

function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
}

async function missing(client: Client, namespace: string, signal: AbortSignal): Promise<UsageError> {
  const [other] = await namespacesWithDolt(client, signal)
  const what = `there is no Dolt in namespace ${namespace}`
  if (other === undefined) return new UsageError(what, `kubectl gc install --namespace ${namespace}`)
  return new UsageError(`${what}; there is one in ${other}`, `the same command with --namespace ${other}`)
}

/** Nothing when this user may not look beyond the namespace. */
async function namespacesWithDolt(client: Client, signal: AbortSignal): Promise<string[]> {
  try {
    const { items } = await client.list(pods, { labelSelector, signal })
    return items.map((pod) => pod.metadata?.namespace ?? '').sort()
  } catch (error) {
    if (isApiError(error, 'Forbidden')) return []
    throw error
  }
}
