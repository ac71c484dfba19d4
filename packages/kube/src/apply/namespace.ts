import type { Client } from '../client.ts'
import { isApiError } from '../errors.ts'
import { type KubernetesObject, resource } from '../objects.ts'
import { displayName } from './name.ts'
import { installationOf } from './record.ts'
import type { LiveObject } from './types.ts'

export const namespaces = resource<LiveObject>('', 'v1', 'namespaces', false)

interface Options {
  fieldManager: string
  /** The installation that is being removed: its record is nobody's loss. */
  installation: string
  /** What people call a pod; undefined: `pod/NAME`. */
  nameOfPod?: ((pod: KubernetesObject) => string | undefined) | undefined
  signal: AbortSignal
}

/**
 * Whether an installation created the namespace. Who creates one by another way owns the label that the API server
 * adds at its creation, or has applied fields of his own.
 */
function isOurs(namespace: LiveObject, fieldManager: string): boolean {
  const fields = namespace.metadata?.managedFields ?? []
  const createdIt = ({ operation, fieldsV1 }: (typeof fields)[number]) => {
    const { 'f:metadata': metadata } = (fieldsV1 ?? {}) as { 'f:metadata'?: { 'f:labels'?: object } }
    return operation === 'Apply' || 'f:kubernetes.io/metadata.name' in (metadata?.['f:labels'] ?? {})
  }
  const others = fields.filter(({ manager }) => manager !== fieldManager)
  return others.length < fields.length && !others.some(createdIt)
}

/** What people would lose with a namespace, each named as kubectl does. */
async function contentsOf(client: Client, namespace: string, options: Options): Promise<string[]> {
  const kinds = ['PersistentVolumeClaim', 'Pod', 'Secret', 'ConfigMap']
  const lists = kinds.map((kind) => resource('', 'v1', `${kind.toLowerCase()}s`))
  const answers = await Promise.all(lists.map((list) => client.list(list, { namespace, signal: options.signal })))
  const objects = answers.flatMap(({ items }, index) => items.map((item) => ({ ...item, kind: kinds[index] ?? '' })))
  return objects
    .filter((object) => object.kind !== 'ConfigMap' || object.metadata?.name !== 'kube-root-ca.crt')
    .filter((object) => object.kind !== 'Secret' || installationOf(object) !== options.installation)
    .map(
      (object) =>
        (object.kind === 'Pod' && options.nameOfPod?.(object)) || displayName({ ...object, apiVersion: 'v1' }),
    )
}

/** Why a namespace must stay, and the namespace, when it is there. */
export async function whyKeepNamespace(
  client: Client,
  name: string,
  options: Options,
): Promise<{ why?: string; namespace?: LiveObject }> {
  try {
    const namespace = await client.get(namespaces, { name }, { signal: options.signal })
    if (!isOurs(namespace, options.fieldManager)) return { why: 'install did not make it', namespace }
    const contents = await contentsOf(client, name, options)
    return contents.length === 0 ? { namespace } : { why: `it holds ${contents.join(', ')}`, namespace }
  } catch (error) {
    if (isApiError(error, 'NotFound')) return {}
    if (isApiError(error, 'Forbidden')) return { why: `it cannot be seen whether it can go: ${error.message}` }
    throw error
  }
}
