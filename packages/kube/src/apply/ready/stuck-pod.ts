import type { ContainerStatus, Pod } from '../types.ts'

/** Why a pod is not ready, and which container's log can tell more. */
export interface Stuck {
  why: string
  container?: string
  /** The log is that of the container before the present one. */
  previous?: boolean
}

const underWay = new Set(['ContainerCreating', 'PodInitializing'])
const imageReasons = /^(Err)?Image|^InvalidImageName$|^RegistryUnavailable$/

/** What keeps a pod from being ready, in words; undefined when nothing but time does. */
export function stuckReason(pod: Pod): Stuck | undefined {
  const {
    initContainerStatuses = [],
    containerStatuses = [],
    conditions = [],
    phase,
    reason,
    message,
  } = pod.status ?? {}
  for (const container of [...initContainerStatuses, ...containerStatuses]) {
    const stuck = stuckContainer(container)
    if (stuck !== undefined) return stuck
  }
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status === 'False') return { why: `no node can take it: ${told(scheduled)}` }
  if (phase === 'Failed') return { why: `it failed: ${told({ reason, message })}` }
  const unready = containerStatuses.find(({ state, ready }) => state?.running !== undefined && ready === false)
  return unready && { why: `container ${unready.name} runs, and is not ready`, container: unready.name }
}

function stuckContainer({ name, image, state, lastState, restartCount = 0 }: ContainerStatus): Stuck | undefined {
  const ended = state?.terminated ?? lastState?.terminated
  if (state?.waiting?.reason !== undefined && !underWay.has(state.waiting.reason)) {
    const why = told(state.waiting)
    if (imageReasons.test(state.waiting.reason)) return { why: `image ${image} cannot be pulled: ${why}` }
    if (ended === undefined) return { why: `container ${name} cannot start: ${why}` }
    return { why: `container ${name} keeps ending, ${ending(ended)}`, container: name, previous: restartCount > 0 }
  }
  if (state?.terminated === undefined || state.terminated.exitCode === 0) return undefined
  return { why: `container ${name} ended, ${ending(state.terminated)}`, container: name }
}

function ending({ exitCode, reason }: { exitCode: number; reason?: string }): string {
  const cause = reason === undefined || reason === 'Error' ? '' : ` (${reason})`
  return `with exit code ${exitCode}${cause}`
}

function told({ reason, message }: { reason?: string | undefined; message?: string | undefined }): string {
  return [reason, message].filter((text) => text !== undefined && text !== '').join(': ')
}
