import { stringify } from 'yaml'

/**
 * YAML of one document for readers of YAML 1.1 too, to whom a bare `yes` is true: kubectl and Helm are such. Keys stay
 * in the order in which the value has them, and lines are never folded.
 */
export function write(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' })
}
