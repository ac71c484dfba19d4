import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import type { SessionInfo } from '../provider.ts'
import { isTerminating, nameOf, sessionOf } from './cluster.ts'
import { diagnose } from './diagnosis.ts'
import { AGENT_LABEL, CONTAINER, META_ANNOTATION_PREFIX, STAGING, SUPERVISOR_LABEL } from './labels.ts'

/** A pod as the session that it is. @param holdsMain tmux has said that the session runs */
export function toSessionInfo(pod: Pod, holdsMain = false): SessionInfo {
  const diagnosis = diagnose(pod)
  const annotations = Object.entries(pod.metadata?.annotations ?? {})
  const meta = annotations.filter(([key]) => key.startsWith(META_ANNOTATION_PREFIX))
  return {
    name: sessionOf(pod),
    namespace: nameOf(pod).namespace,
    phase: holdsMain ? 'Running' : phaseOf(pod),
    reason: isTerminating(pod) ? undefined : diagnosis?.reason,
    message: isTerminating(pod) ? undefined : diagnosis?.message,
    exitCode: diagnosis?.exitCode,
    agent: pod.metadata?.labels?.[AGENT_LABEL] ?? 'unknown',
    pod: nameOf(pod).name,
    image: pod.spec?.containers.find((container) => container.name === CONTAINER)?.image ?? '',
    node: pod.spec?.nodeName,
    createdAt: new Date(pod.metadata?.creationTimestamp ?? 0),
    labels: { ...pod.metadata?.labels },
    meta: Object.fromEntries(meta.map(([key, value]) => [key.slice(META_ANNOTATION_PREFIX.length), value])),
  }
}

function phaseOf(pod: Pod): SessionInfo['phase'] {
  if (isTerminating(pod)) return 'Stopping'
  switch (pod.status?.phase) {
    case 'Running':
      return pod.metadata?.labels?.[SUPERVISOR_LABEL] === STAGING ? 'Starting' : 'Running'
    case 'Succeeded':
    case 'Failed':
      return 'Finished'
    default:
      return 'Starting'
  }
}
