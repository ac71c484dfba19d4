import type { PodSecurityContext, SecurityContext } from '../kubernetes.ts'
import type { AgentPodOptions } from './options.ts'

type Options = Pick<AgentPodOptions, 'podSecurity' | 'runAsUser'>

/** The pod's part of a Pod Security Standard, and whom its processes run as. */
export function podSecurity({ podSecurity = 'restricted', runAsUser }: Options): {
  securityContext?: PodSecurityContext
} {
  const user = runAsUser ?? (podSecurity === 'restricted' ? 1000 : undefined)
  if (user === undefined) return {}
  const identity = { runAsUser: user, runAsGroup: user, fsGroup: user }
  if (podSecurity !== 'restricted') return { securityContext: identity }
  return { securityContext: { runAsNonRoot: true, ...identity, seccompProfile: { type: 'RuntimeDefault' } } }
}

/** The container's part. */
export function containerSecurity({ podSecurity = 'restricted' }: Options): { securityContext?: SecurityContext } {
  if (podSecurity === 'none') return {}
  if (podSecurity === 'baseline') return { securityContext: { allowPrivilegeEscalation: false } }
  return { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }
}
