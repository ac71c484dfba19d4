import type { Pod } from '@kubectl-gc/manifests/kubernetes'

const underWay = new Set(['ContainerCreating', 'PodInitializing'])

/** What keeps a pod from being ready, in Kubernetes' words; undefined when nothing but time does. */
export function stuckReason(pod: Pod): string | undefined {
  const { initContainerStatuses = [], containerStatuses = [], conditions = [] } = pod.status ?? {}
  for (const { state, lastState } of [...initContainerStatuses, ...containerStatuses]) {
    const waiting = state?.waiting
    if (waiting?.reason === undefined || underWay.has(waiting.reason)) continue
    const ended = lastState?.terminated
    const before = ended === undefined ? '' : ` (it ended with exit code ${ended.exitCode})`
    return `${waiting.reason}${waiting.message === undefined ? '' : `: ${waiting.message}`}${before}`
  }
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status === 'False') return `${scheduled.reason}: ${scheduled.message}`
  return undefined
}
