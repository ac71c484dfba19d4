import type { PodSecurityContext, SecurityContext } from '../kubernetes.ts'

/** Tells on the pods of a workload why it does not meet the Pod Security Standard `restricted`. */
export const UNRESTRICTED_ANNOTATION = 'kubectl-gc.dev/unrestricted-because'

/** Who a workload's processes are, and what they may do. */
export interface Security {
  /** User, group and owner of the volumes. Default 1000. */
  user?: number
  /** Whether the container may write outside its volumes. Default false. */
  writableRoot?: boolean
  /** Replaces the restricted defaults, for workloads that cannot run under them. */
  unrestricted?: {
    /** Why; people find it on the pods. */
    because: string
    pod?: PodSecurityContext
    container?: SecurityContext
  }
}

/** The pod's part of the Pod Security Standard `restricted`. */
export function podSecurityContext({ user = 1000, unrestricted }: Security): PodSecurityContext {
  if (unrestricted !== undefined) return unrestricted.pod ?? {}
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  }
}

/** Each container's part. */
export function containerSecurityContext({ writableRoot = false, unrestricted }: Security): SecurityContext {
  if (unrestricted !== undefined) return unrestricted.container ?? {}
  return {
    allowPrivilegeEscalation: false,
    ...(writableRoot ? {} : { readOnlyRootFilesystem: true }),
    capabilities: { drop: ['ALL'] },
  }
}
