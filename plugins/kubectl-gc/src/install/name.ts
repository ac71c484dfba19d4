import type { KubernetesObject, ObjectName } from '@kubectl-gc/kube'

/** An object as kubectl names it in its output: `service/dolt`, `statefulset.apps/dolt`. */
export function displayName({ apiVersion = '', kind = '', metadata }: KubernetesObject): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : ''
  return `${kind.toLowerCase()}${group}/${metadata?.name}`
}

/** How requests name it. */
export function objectName({ metadata }: KubernetesObject): ObjectName {
  return { name: metadata?.name ?? '', namespace: metadata?.namespace }
}

export function typeOf({ apiVersion = '', kind = '' }: KubernetesObject): { apiVersion: string; kind: string } {
  return { apiVersion, kind }
}
