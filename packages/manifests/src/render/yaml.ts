import { stringify } from 'yaml'
import type { KubernetesObject } from '../objects.ts'

/** YAML of Kubernetes objects, one document each; keys stay in the order in which the objects have them. */
export function toYaml(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n')
}
