import type { KubernetesObject } from '../objects.ts'
import { groupKindOf } from './name.ts'

const data = new Set([
  'PersistentVolumeClaim',
  'PersistentVolume',
  'Namespace',
  'CustomResourceDefinition.apiextensions.k8s.io',
])

/** Whether what people have stored goes with the object. Such objects are removed only by those who ask for that. */
export function holdsData(object: KubernetesObject): boolean {
  return data.has(groupKindOf(object))
}
