import { groupKindOf } from '../name.ts'
import type { Condition, Waitable } from '../types.ts'

/** How far an object is: ready, hopeless for the reason given, or neither yet. */
export type Readiness = { state: 'ready' } | { state: 'waiting' } | { state: 'failed'; why: string }

type Rule = (object: Waitable, wanted: number) => boolean

const count = ({ status }: Waitable, field: string): number => Number(status?.[field] ?? 0)

const condition = ({ status }: Waitable, type: string): Condition | undefined =>
  status?.conditions?.find((one) => one.type === type && one.status === 'True')

/** Kinds that are waited for, and when they are ready; what `kubectl rollout status` and `kubectl wait` wait for. */
const rules: Record<string, Rule> = {
  'StatefulSet.apps': (set, wanted) => {
    const { currentRevision, updateRevision } = set.status ?? {}
    const isUpdated = currentRevision === updateRevision || count(set, 'updatedReplicas') >= wanted
    return isUpdated && count(set, 'readyReplicas') >= wanted
  },
  'Deployment.apps': (deployment, wanted) =>
    count(deployment, 'updatedReplicas') >= wanted &&
    count(deployment, 'replicas') <= count(deployment, 'updatedReplicas') &&
    count(deployment, 'availableReplicas') >= wanted,
  'DaemonSet.apps': (set) => {
    const wanted = count(set, 'desiredNumberScheduled')
    return count(set, 'updatedNumberScheduled') >= wanted && count(set, 'numberAvailable') >= wanted
  },
  'Job.batch': (job) => job.spec?.suspend === true || condition(job, 'Complete') !== undefined,
  PersistentVolumeClaim: ({ status }) => status?.phase === 'Bound',
  'CustomResourceDefinition.apiextensions.k8s.io': (definition) => condition(definition, 'Established') !== undefined,
}

/** Kinds whose status tells which generation it is about. */
const observing = new Set(['StatefulSet.apps', 'Deployment.apps', 'DaemonSet.apps'])

/** Whether objects of this kind come to be ready only after they have been made. */
export function isWaitable(object: Waitable): boolean {
  return Object.hasOwn(rules, groupKindOf(object))
}

/** How far an object is by its own status. */
export function readiness(object: Waitable): Readiness {
  const kind = groupKindOf(object)
  const failed = failureOf(object)
  if (failed !== undefined) return { state: 'failed', why: failed }
  const { metadata, spec, status } = object
  const isStale = observing.has(kind) && (status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)
  const isReady = !isStale && rules[kind]?.(object, spec?.replicas ?? 1) !== false
  return { state: isReady ? 'ready' : 'waiting' }
}

function failureOf(object: Waitable): string | undefined {
  if (object.status?.phase === 'Lost') return 'the volume that it was bound to is gone'
  if (groupKindOf(object) !== 'Job.batch') return undefined
  const failed = condition(object, 'Failed')
  return failed && `${failed.reason ?? 'it failed'}: ${failed.message ?? ''}`
}
