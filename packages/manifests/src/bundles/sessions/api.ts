import type { KubernetesObject } from '../../objects.ts'
import { filesOf } from '../../render/objects.ts'
import { sessionsBundle } from './index.ts'
import type { SessionsInput } from './values.ts'

type Input = SessionsInput & {
  /** Default `gc`. */
  namespace?: string | undefined
}

/**
 * The `sessions` bundle by the file that each part is rendered to, in the order of application.
 * @throws {ValuesError} a value that the bundle refuses
 */
export function sessionsFiles({ namespace, ...values }: Input = {}): Record<string, KubernetesObject[]> {
  return filesOf(sessionsBundle, values, { namespace })
}

/**
 * All that sessions need in a cluster: namespace, Dolt, and the accounts `gc-agent` and `gc-controller`.
 * @throws {ValuesError} a value that the bundle refuses
 */
export function sessions(input: Input = {}): KubernetesObject[] {
  return Object.values(sessionsFiles(input)).flat()
}
