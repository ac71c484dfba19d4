import type { Client } from '../client.ts'
import { isApiError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { resource } from '../objects.ts'
import { canBeMember, ID, PART_OF, TOOLING } from './applyset.ts'
import { displayName } from './name.ts'
import { installationOf } from './record.ts'
import type { LiveObject, ManagedFields } from './types.ts'

/** Whether our field manager has applied the object: installations from before there were records have no other mark. */
export function appliedBy(object: LiveObject, fieldManager: string): boolean {
  const entries = object.metadata?.managedFields ?? []
  return entries.some(({ manager, operation }) => manager === fieldManager && operation === 'Apply')
}

/** Who else an object belongs to, in words; undefined when it is this installation's, or a namespace. */
export async function ownerOf(
  client: Client,
  object: LiveObject,
  { id, fieldManager, signal }: { id: string; fieldManager: string; signal: AbortSignal },
): Promise<string | undefined> {
  if (!canBeMember(object)) return undefined
  const set = object.metadata?.labels?.[PART_OF]
  if (set === id) return undefined
  if (set !== undefined) return ownerOfSet(client, set, object, signal)
  return toolOf(object) ?? (appliedBy(object, fieldManager) ? undefined : managersOf(object))
}

/** The installation whose ApplySet has this id: looked for in the object's namespace, then in all that may be seen. */
async function ownerOfSet(client: Client, id: string, object: LiveObject, signal: AbortSignal): Promise<string> {
  const labelSelector = `${ID}=${id}`
  const places = object.metadata?.namespace === undefined ? [undefined] : [object.metadata.namespace, undefined]
  for (const namespace of places) {
    for (const plural of ['secrets', 'configmaps']) {
      try {
        const { items } = await client.list(resource('', 'v1', plural), { namespace, labelSelector, signal })
        if (items[0] !== undefined) return nameOfSet(items[0])
      } catch (error) {
        if (!isApiError(error, 'Forbidden')) throw error
      }
    }
  }
  return `the ApplySet ${id}`
}

function nameOfSet(parent: KubernetesObject): string {
  const { namespace, annotations } = parent.metadata ?? {}
  const installation = installationOf(parent)
  if (installation !== undefined) return `the installation ${installation} in namespace ${namespace}`
  const tool = annotations?.[TOOLING]
  return `the ApplySet ${displayName(parent)} in namespace ${namespace}${tool === undefined ? '' : ` (${tool})`}`
}

/** Marks that other tools leave. */
function toolOf({ metadata }: LiveObject): string | undefined {
  const { annotations = {}, labels = {} } = metadata ?? {}
  const release = annotations['meta.helm.sh/release-name']
  if (release !== undefined) {
    return `the Helm release ${release} in namespace ${annotations['meta.helm.sh/release-namespace']}`
  }
  const application = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0]
  if (application !== undefined) return `the Argo CD application ${application}`
  const flux = labels['kustomize.toolkit.fluxcd.io/name'] ?? labels['helm.toolkit.fluxcd.io/name']
  return flux === undefined ? undefined : `Flux (${flux})`
}

function managersOf({ metadata }: LiveObject): string {
  const wrote = ({ subresource }: ManagedFields) => subresource === undefined
  const names = (metadata?.managedFields ?? []).filter(wrote).map(({ manager }) => manager ?? '')
  const known = [...new Set(names)].filter((name) => name !== '')
  return known.length === 0 ? 'somebody else' : `somebody else, who made it with ${known.join(' and ')}`
}
