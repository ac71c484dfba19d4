import { KubeError } from '../errors.ts'
import type { Resource } from '../objects.ts'

/** `/api/v1`, or `/apis/GROUP/VERSION`. */
export function groupPath({ group, version }: { group: string; version: string }): string {
  return group === ''
    ? `/api/${segment(version, 'version')}`
    : `/apis/${segment(group, 'group')}/${segment(version, 'version')}`
}

/** Where the objects of a resource are; without a namespace, those of all namespaces. */
export function collectionPath(resource: Resource, namespace?: string): string {
  const scope = resource.namespaced && namespace ? `/namespaces/${segment(namespace, 'namespace')}` : ''
  return `${groupPath(resource)}${scope}/${segment(resource.plural, 'resource')}`
}

/**
 * Where one object is.
 * @throws {KubeError} the name is empty or a path of its own: the URL would mean something else
 */
export function objectPath(resource: Resource, name: string, namespace: string): string {
  return `${collectionPath(resource, namespace)}/${segment(name, 'name')}`
}

/** `?a=b` of the values that are there; empty when none is. */
export function query(values: Record<string, string | number | boolean | undefined>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') parameters.set(key, String(value))
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

function segment(value: string | undefined, what: string): string {
  if (!value || value === '.' || value === '..')
    throw new KubeError(`"${value ?? ''}" is no ${what} of a Kubernetes object`)
  return encodeURIComponent(value)
}
