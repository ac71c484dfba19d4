import type { Namespace, ResourceQuota, Secret } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'

/** The namespace that session pods and Dolt live in. */
export function namespace(name: string, podSecurity: string): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...PART_OF, 'pod-security.kubernetes.io/enforce': podSecurity } },
  }
}

/** What all pods of the namespace may ask for together. */
export function quota(namespace: string, hard: Record<string, string>): ResourceQuota {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'gc', namespace, labels: PART_OF },
    spec: { hard },
  }
}

/** Files that every agent finds at `/tmp/claude-secret`. */
export function claudeCredentials(namespace: string, stringData: Record<string, string>): Secret {
  const metadata = { name: 'claude-credentials', namespace, labels: PART_OF }
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', stringData }
}
