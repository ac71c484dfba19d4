import { type Client, isApiError, type KubernetesObject, resource } from '@kubectl-gc/kube'
import type { OwnedByOthersError } from '@kubectl-gc/kube/apply'
import type { PersistentVolumeClaim, Pod } from '@kubectl-gc/manifests/kubernetes'
import { namespaceExists, namespaceNotFound } from '../cluster/namespace.ts'
import { UsageError } from '../errors/usage.ts'

const pods = resource<Pod>('', 'v1', 'pods')
const claims = resource<PersistentVolumeClaim>('', 'v1', 'persistentvolumeclaims')

/** What may be somebody else's, and is used as it is: the account and its rights, and a volume that has been left. */
const shared = ['ServiceAccount', 'Role', 'RoleBinding', 'PersistentVolumeClaim']

/** Where a controller is to be. */
export interface Place {
  client: Client
  namespace: string
  signal: AbortSignal
}

async function found<T>(getting: Promise<T>): Promise<T | undefined> {
  try {
    return await getting
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined
    throw error
  }
}

/** @throws {UsageError} there is no such namespace; who may not look is taken at his word */
export async function assertNamespace({ client, namespace, signal }: Place): Promise<void> {
  if (!(await namespaceExists(client, namespace, signal))) throw namespaceNotFound(namespace)
}

/** The claim of the controller's volume, where there is one. */
export function existingClaim({ client, namespace, signal }: Place, name: string) {
  return found(client.get(claims, { name, namespace }, { signal }))
}

/** @throws {UsageError} a pod of this very name runs a controller, as gc's own script deploys one */
export async function assertNoBarePod({ client, namespace, signal }: Place, name: string): Promise<void> {
  const pod = await found(client.get(pods, { name, namespace }, { signal }))
  if (pod === undefined || ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '')) return
  const message = `pod/${name} in namespace ${namespace} is a controller that another program deployed`
  throw new UsageError(message, `end that one first: kubectl delete pod ${name} --namespace ${namespace}`)
}

/**
 * What is wanted without what others own and is used as it is.
 * @throws {UsageError} what others own is a controller; `adopt` takes it over, unless a bundle would make it anew
 */
export function withoutOthers(
  wanted: readonly KubernetesObject[],
  error: OwnedByOthersError,
  { namespace, adopt }: { namespace: string; adopt: boolean },
): KubernetesObject[] {
  const deployment = error.objects.find(({ object }) => object.kind === 'Deployment')
  if (deployment?.owner.startsWith('the installation sessions in')) {
    const message = `the bundle sessions runs a controller in namespace ${namespace} already (controller.enabled=true), and two would run every agent twice`
    const next = `end that one first: kubectl gc upgrade sessions --set controller.enabled=false --namespace ${namespace}`
    throw new UsageError(message, next, error)
  }
  if (deployment !== undefined && !adopt) {
    const message = `a controller in namespace ${namespace} belongs to ${deployment.owner}, and two would run every agent twice`
    const next = `remove that one first, or take it over: kubectl gc controller deploy --adopt --namespace ${namespace}`
    throw new UsageError(message, next, error)
  }
  const theirs = new Set(error.objects.map(({ object }) => nameOf(object)))
  return wanted.filter((object) => !shared.includes(object.kind ?? '') || !theirs.has(nameOf(object)))
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata?.name}`
}
