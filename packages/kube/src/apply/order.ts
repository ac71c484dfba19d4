import type { KubernetesObject } from '../objects.ts'
import { groupKindOf } from './name.ts'

const first = ['Namespace', 'CustomResourceDefinition.apiextensions.k8s.io']

/** Objects as they are applied: namespaces, then definitions of kinds, then the rest as it was given. */
export function inOrder<T extends KubernetesObject>(objects: readonly T[]): T[] {
  const rank = (object: T) => {
    const at = first.indexOf(groupKindOf(object))
    return at === -1 ? first.length : at
  }
  return objects.toSorted((a, b) => rank(a) - rank(b))
}
