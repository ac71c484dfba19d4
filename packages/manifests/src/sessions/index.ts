import type { KubernetesObject } from '../objects.ts'
import { doltNetworkPolicy, doltService, doltStatefulSet } from './dolt.ts'
import { namespace } from './namespace.ts'
import { rbac } from './rbac.ts'
import { type SessionsInput, sessionsValues } from './values.ts'

/** The `sessions` bundle by the file that each part is rendered to, in the order of application. */
export function sessionsFiles(input: SessionsInput = {}): Record<string, KubernetesObject[]> {
  const values = sessionsValues.parse(input)
  return {
    'namespace.yaml': [namespace(values)],
    'dolt-statefulset.yaml': [doltStatefulSet(values)],
    'dolt-service.yaml': [
      doltService(values),
      ...(values.dolt.clients === 'namespace' ? [doltNetworkPolicy(values)] : []),
    ],
    'rbac.yaml': rbac(values),
  }
}

/**
 * All that sessions need in a cluster: namespace, Dolt, and the accounts `gc-agent` and `gc-controller`.
 * @throws {z.ZodError} a value that the schema {@link sessionsValues} refuses
 */
export function sessions(input: SessionsInput = {}): KubernetesObject[] {
  return Object.values(sessionsFiles(input)).flat()
}
