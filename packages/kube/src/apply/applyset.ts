import { createHash } from 'node:crypto'
import type { KubernetesObject } from '../objects.ts'
import { groupKindOf } from './name.ts'

/**
 * The labels and annotations of the ApplySet specification (KEP-3659), by which `kubectl apply --applyset` and other
 * tools tell what belongs together. The parent is a Secret, as kubectl's is by default.
 */
export const PART_OF = 'applyset.kubernetes.io/part-of'
export const ID = 'applyset.kubernetes.io/id'
export const TOOLING = 'applyset.kubernetes.io/tooling'
export const GROUP_KINDS = 'applyset.kubernetes.io/contains-group-kinds'
export const ADDITIONAL_NAMESPACES = 'applyset.kubernetes.io/additional-namespaces'

/** The id of the ApplySet whose parent is this Secret: a hash of its name, namespace, kind and group. */
export function applySetId({ name, namespace }: { name: string; namespace: string }): string {
  const hash = createHash('sha256').update(`${name}.${namespace}.Secret.`).digest('base64url')
  return `applyset-${hash}-v1`
}

/**
 * Whether an object can be a member. A namespace is none: it holds what others put into it, so it is never removed
 * for not being rendered, and two installations can share it.
 */
export function canBeMember(object: KubernetesObject): boolean {
  return groupKindOf(object) !== 'Namespace'
}

/** The object as a member. */
export function asMember<T extends KubernetesObject>(object: T, id: string): T {
  if (!canBeMember(object)) return object
  const { metadata } = object
  return { ...object, metadata: { ...metadata, labels: { ...metadata?.labels, [PART_OF]: id } } }
}

/** The sorted kinds of these members and of others. */
export function groupKinds(members: readonly KubernetesObject[], others: readonly string[] = []): string[] {
  return [...new Set([...members.filter(canBeMember).map(groupKindOf), ...others])].sort()
}

/** The sorted namespaces of these members and of others, but the parent's own. */
export function additionalNamespaces(
  members: readonly KubernetesObject[],
  parent: string,
  others: readonly string[] = [],
): string[] {
  const used = members.filter(canBeMember).map(({ metadata }) => metadata?.namespace)
  const all = new Set([...used, ...others].filter((name) => name !== undefined && name !== parent))
  return [...(all as Set<string>)].sort()
}

/** What a comma separated annotation lists. */
export function listed(object: KubernetesObject, annotation: string): string[] {
  return (object.metadata?.annotations?.[annotation] ?? '').split(',').filter((one) => one !== '')
}
