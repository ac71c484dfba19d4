import type { Namespace } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'

/** The namespace that session pods and Dolt live in. */
export function namespace(name: string, podSecurity: string): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...PART_OF, 'pod-security.kubernetes.io/enforce': podSecurity } },
  }
}
