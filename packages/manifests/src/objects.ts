import type { ObjectMeta } from './kubernetes.ts'

/** Any Kubernetes object, as bundles hold them. */
export interface KubernetesObject {
  apiVersion?: string
  kind?: string
  metadata?: ObjectMeta
}

/** Label that every object of ours carries. */
export const PART_OF = { 'app.kubernetes.io/part-of': 'kubectl-gc' }
