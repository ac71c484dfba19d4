import type { Namespace } from '../kubernetes.ts'
import { PART_OF } from '../objects.ts'
import type { SessionsValues } from './values.ts'

/** The namespace that session pods and Dolt live in. */
export function namespace({ namespace, podSecurity }: SessionsValues): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { ...PART_OF, 'pod-security.kubernetes.io/enforce': podSecurity } },
  }
}
