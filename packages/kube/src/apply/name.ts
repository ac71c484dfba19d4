import type { KubernetesObject, ObjectName } from '../objects.ts'

/** An object as kubectl names it in its output: `service/dolt`, `statefulset.apps/dolt`. */
export function displayName({ apiVersion = '', kind = '', metadata }: KubernetesObject): string {
  const group = groupOf(apiVersion)
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${metadata?.name}`
}

/** How requests name it. */
export function objectName({ metadata }: KubernetesObject): ObjectName {
  return { name: metadata?.name ?? '', namespace: metadata?.namespace }
}

export function typeOf({ apiVersion = '', kind = '' }: KubernetesObject): { apiVersion: string; kind: string } {
  return { apiVersion, kind }
}

/** `apps` of `apps/v1`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}

/** A kind as Kubernetes writes it where the version is of no concern: `StatefulSet.apps`, `Service`. */
export function groupKindOf({ apiVersion = '', kind = '' }: KubernetesObject): string {
  const group = groupOf(apiVersion)
  return group === '' ? kind : `${kind}.${group}`
}

/** Equal for two descriptions of one object, whatever version of its kind each uses. */
export function keyOf(object: KubernetesObject): string {
  return `${groupKindOf(object)}/${object.metadata?.namespace ?? ''}/${object.metadata?.name ?? ''}`
}
