import type { Client } from '../../client.ts'
import { isApiError } from '../../errors.ts'
import { type KubernetesObject, resource } from '../../objects.ts'
import { claims } from '../claims.ts'
import type { Event, Pod, Waitable } from '../types.ts'
import { eventsOf, lastLines } from './evidence.ts'
import { stuckReason } from './stuck-pod.ts'

export const pods = resource<Pod>('', 'v1', 'pods')
const storageClasses = resource<KubernetesObject & { volumeBindingMode?: string }>(
  'storage.k8s.io',
  'v1',
  'storageclasses',
  false,
)

/** Why an object is not ready. */
export interface Why {
  text: string
  /** What a container printed last. */
  output?: string
}

/** The label selector of an object's pods; undefined when it has none. */
export function selectorOf(object: Waitable): string | undefined {
  const labels =
    object.kind === 'Job' ? { 'job-name': object.metadata?.name ?? '' } : object.spec?.selector?.matchLabels
  return (
    labels &&
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',')
  )
}

/**
 * Why an object is not ready, as its pods, its conditions and the warnings about them tell: the image, a crash with the
 * last lines, the scheduler, the quota, a claim. Undefined when nothing tells.
 */
export async function whyNotReady(client: Client, object: Waitable, signal: AbortSignal): Promise<Why | undefined> {
  const { name, namespace } = object.metadata ?? {}
  // What a claim waits for is no warning.
  const isClaim = object.kind === 'PersistentVolumeClaim'
  const which = isClaim ? `involvedObject.kind=PersistentVolumeClaim,involvedObject.name=${name}` : 'type=Warning'
  const [own, told] = await Promise.all([podsOf(client, object, signal), eventsOf(client, namespace, which)])
  const stuck = await whyOfPods(client, own)
  if (stuck !== undefined) return withWarning(stuck, told)
  const refused = object.status?.conditions?.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True')
  if (refused !== undefined) return { text: `no pod can be made: ${refused.message}` }
  const about = told.find(({ involvedObject }) => concerns(object, involvedObject)) ?? told[0]
  if (about !== undefined) return { text: `${about.involvedObject.name}: ${about.reason}: ${about.message}` }
  const [slow] = own
  return slow && { text: `pod ${slow.metadata?.name} is ${slow.status?.phase}` }
}

interface StuckPod extends Why {
  pod: string
  isVague: boolean
}

async function podsOf(client: Client, object: Waitable, signal: AbortSignal): Promise<Pod[]> {
  const labelSelector = selectorOf(object)
  if (labelSelector === undefined) return []
  return (await client.list(pods, { namespace: object.metadata?.namespace, labelSelector, signal })).items
}

async function whyOfPods(client: Client, items: readonly Pod[]): Promise<StuckPod | undefined> {
  for (const pod of items) {
    const stuck = stuckReason(pod)
    if (stuck === undefined) continue
    const { why, container, previous = false } = stuck
    const name = pod.metadata?.name ?? ''
    const output = container === undefined ? '' : await lastLines(client, pod, container, previous)
    return { pod: name, text: `pod ${name}: ${why}`, output, isVague: why.endsWith('is not ready') }
  }
  return undefined
}

/** A container that runs and is not ready tells nothing by itself: the latest warning about its pod does. */
function withWarning({ pod, text, output = '', isVague }: StuckPod, told: Event[]): Why {
  const warning = isVague ? told.find(({ involvedObject }) => involvedObject.name === pod) : undefined
  return { text: warning === undefined ? text : `${text}: ${warning.message?.trim()}`, output }
}

/** Whether a warning is about an object, its ReplicaSets, or the claims of its pods. */
function concerns({ metadata }: Waitable, { name = '' }: Event['involvedObject']): boolean {
  const own = metadata?.name ?? ''
  return name === own || name.startsWith(`${own}-`) || name.includes(`-${own}-`)
}

/**
 * Whether a claim waits for its first pod, as its class has it; such a one is bound by nothing else. So is one whose
 * class this user may not see: the pods that use it tell.
 */
export async function waitsForConsumer(client: Client, object: Waitable, signal: AbortSignal): Promise<boolean> {
  try {
    const name = { name: object.metadata?.name ?? '', namespace: object.metadata?.namespace }
    const { spec } = (await client.get(claims, name, { signal })) as Waitable
    if (!spec?.storageClassName) return false
    const found = await client.get(storageClasses, { name: spec.storageClassName }, { signal })
    return found.volumeBindingMode === 'WaitForFirstConsumer'
  } catch (error) {
    if (isApiError(error, 'NotFound')) return false
    if (isApiError(error, 'Forbidden')) return true
    throw error
  }
}
