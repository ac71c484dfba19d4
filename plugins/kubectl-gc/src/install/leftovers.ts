import { type Client, isApiError, resource } from '@kubectl-gc/kube'
import type {
  ConfigMap,
  Namespace,
  PersistentVolumeClaim,
  Pod,
  Secret,
  StatefulSet,
} from '@kubectl-gc/manifests/kubernetes'
import { fieldManager } from './apply.ts'

const claims = resource<PersistentVolumeClaim>('', 'v1', 'persistentvolumeclaims')
const pods = resource<Pod>('', 'v1', 'pods')
const secrets = resource<Secret>('', 'v1', 'secrets')
const configMaps = resource<ConfigMap>('', 'v1', 'configmaps')
const namespaces = resource<Namespace>('', 'v1', 'namespaces', false)

const nameOf = (item: { metadata?: { name?: string | undefined } | undefined }) => item.metadata?.name ?? ''

/** The claims that a StatefulSet's pods were given, which outlive it. */
export async function claimsOf(client: Client, set: StatefulSet, signal: AbortSignal): Promise<string[]> {
  const { items } = await client.list(claims, { namespace: set.metadata?.namespace, signal })
  const stems = (set.spec?.volumeClaimTemplates ?? []).map((template) => `${nameOf(template)}-${nameOf(set)}-`)
  const isOf = (name: string, stem: string) => name.startsWith(stem) && /^\d+$/.test(name.slice(stem.length))
  return items.map(nameOf).filter((name) => stems.some((stem) => isOf(name, stem)))
}

/** What people would lose with a namespace, each named as kubectl does. */
async function contentsOf(client: Client, namespace: string, signal: AbortSignal): Promise<string[]> {
  const all = { namespace, signal }
  const [claimList, podList, secretList, configMapList] = await Promise.all([
    client.list(claims, all),
    client.list(pods, all),
    client.list(secrets, all),
    client.list(configMaps, all),
  ])
  const session = (pod: Pod) => pod.metadata?.annotations?.['gc-session-name']
  return [
    ...claimList.items.map((claim) => `persistentvolumeclaim/${nameOf(claim)}`),
    ...podList.items.map((pod) => (session(pod) === undefined ? `pod/${nameOf(pod)}` : `session/${session(pod)}`)),
    ...secretList.items.map((secret) => `secret/${nameOf(secret)}`),
    ...configMapList.items.filter((map) => nameOf(map) !== 'kube-root-ca.crt').map((map) => `configmap/${nameOf(map)}`),
  ]
}

/**
 * Whether an installation created the namespace. Who creates one by another way owns the label that the API server
 * adds at its creation, or has applied fields of his own.
 */
function isOurs(namespace: Namespace): boolean {
  const fields = namespace.metadata?.managedFields ?? []
  const createdIt = ({ operation, fieldsV1 }: (typeof fields)[number]) => {
    const { 'f:metadata': metadata } = (fieldsV1 ?? {}) as { 'f:metadata'?: { 'f:labels'?: object } }
    return operation === 'Apply' || 'f:kubernetes.io/metadata.name' in (metadata?.['f:labels'] ?? {})
  }
  const others = fields.filter(({ manager }) => manager !== fieldManager)
  return others.length < fields.length && !others.some(createdIt)
}

/** Why a namespace must stay; undefined when it can go, or is not there. */
export async function whyKeep(client: Client, name: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    if (!isOurs(await client.get(namespaces, { name }, { signal }))) return 'install did not make it'
    const contents = await contentsOf(client, name, signal)
    return contents.length === 0 ? undefined : `it holds ${contents.join(', ')}`
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined
    if (isApiError(error, 'Forbidden')) return `it cannot be seen whether it can go: ${error.message}`
    throw error
  }
}
