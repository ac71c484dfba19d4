import type { ContainerStatus, Pod } from '@kubectl-gc/manifests/kubernetes'
import { isTerminating } from './cluster.ts'

/** Why a pod does not run, in Kubernetes' words. */
export interface Diagnosis {
  reason: string
  message: string
  /** Whether waiting cannot help. */
  fatal: boolean
  exitCode?: number | undefined
  /** What the user can do next, where the message tells more than the reason. */
  suggestion?: string | undefined
}

const FATAL_WAITING = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'CrashLoopBackOff',
])

/** What keeps a pod from running, or has ended it; undefined while nothing does. */
export function diagnose(pod: Pod): Diagnosis | undefined {
  if (isTerminating(pod)) return { reason: 'Terminating', message: 'its pod is being deleted', fatal: true }
  const containers = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]
  for (const container of containers) {
    const waiting = container.state?.waiting
    if (waiting?.reason !== undefined && FATAL_WAITING.has(waiting.reason)) {
      return { reason: waiting.reason, message: describeWaiting(container), fatal: true }
    }
  }
  if (pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') return finished(pod, containers)
  const scheduled = pod.status?.conditions?.find((condition) => condition.type === 'PodScheduled')
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') {
    const { message: why = '' } = scheduled
    const message = `no node can take its pod: ${why}`
    return { reason: 'Unschedulable', message, fatal: false, suggestion: placement(why) }
  }
  return undefined
}

/** Which variable keeps a pod from every node, in the scheduler's words; undefined where nodes are merely full. */
function placement(why: string): string | undefined {
  if (why.includes('Insufficient')) return undefined
  if (why.includes('node affinity/selector')) {
    return 'change GC_K8S_NODE_SELECTOR or GC_K8S_AFFINITY, or label a node: kubectl label node'
  }
  if (why.includes('untolerated taint')) return 'tolerate the taint with GC_K8S_TOLERATIONS, or take it off a node'
  if (why.includes('persistentvolumeclaim')) return 'make the claim that GC_K8S_WORKSPACE_PVC names: kubectl get pvc'
  return undefined
}

function describeWaiting(container: ContainerStatus): string {
  const { reason, message } = container.state?.waiting ?? {}
  if (reason === 'InvalidImageName') return `"${container.image}" is not an image name`
  const what = reason?.includes('Image') ? `the image "${container.image}" cannot be pulled` : reason
  return `${what}: ${firstLine(message)}`
}

function finished(pod: Pod, containers: ContainerStatus[]): Diagnosis {
  const terminated = containers.map((container) => container.state?.terminated).find((state) => state !== undefined)
  if (terminated === undefined) {
    const { reason = pod.status?.phase ?? 'Failed', message = 'its pod ended without running' } = pod.status ?? {}
    return { reason, message, fatal: true }
  }
  const reason = terminated.reason ?? 'Error'
  const why = terminated.message === undefined ? '' : `: ${firstLine(terminated.message)}`
  const said = reason === 'Error' || reason === 'Completed' ? '' : ` (${reason})`
  const message = `the agent ended with exit code ${terminated.exitCode}${said}${why}`
  return { reason, message, fatal: true, exitCode: terminated.exitCode }
}

function firstLine(text = ''): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
