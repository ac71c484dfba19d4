import type { KubernetesObject } from '../objects.ts'
import { write } from './write.ts'

/** YAML of Kubernetes objects, one document each; keys stay in the order in which the objects have them. */
export function toYaml(objects: readonly KubernetesObject[]): string {
  return objects.map(write).join('---\n')
}
