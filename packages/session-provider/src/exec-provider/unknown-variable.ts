import type { UnknownVariable } from '../kubernetes/options.ts'

/** The warning about a variable that nobody reads. */
export function unknownVariable({ name, nearest }: UnknownVariable): string {
  const hint = nearest === undefined ? '' : ` (did you mean ${nearest}?)`
  return `gc-session-k8s: unknown variable ${name}${hint}\n`
}
