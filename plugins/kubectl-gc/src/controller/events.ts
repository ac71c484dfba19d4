import { isApiError, resource } from '@kubectl-gc/kube'
import { CONTROLLER } from '@kubectl-gc/manifests'
import type { Event } from '@kubectl-gc/manifests/kubernetes'
import type { Place } from './others.ts'
import type { ControllerState } from './state.ts'

const events = resource<Event>('', 'v1', 'events')

/** What Kubernetes says about the controller. */
export interface ControllerEvent {
  reason: string
  message: string
  /** When it happened last. */
  at: Date
}

/**
 * The last warnings about the controller, its pod and its volume, the latest first and one of each reason; none where
 * they may not be seen. Those about pods before its present one, and from before it was deployed, are left out.
 */
export async function controllerWarnings(
  { client, namespace, signal }: Place,
  { pod, createdAt = '' }: Pick<ControllerState, 'pod' | 'createdAt'>,
): Promise<ControllerEvent[]> {
  const isMeant = ({ involvedObject: { kind, name = '' } }: Event) =>
    kind === 'Pod' ? name === pod : name === CONTROLLER || name.startsWith(`${CONTROLLER}-`)
  try {
    const { items } = await client.list(events, { namespace, fieldSelector: 'type=Warning', signal })
    return items
      .filter((event) => isMeant(event) && timeOf(event) >= new Date(createdAt))
      .map((event) => ({ reason: event.reason ?? '', message: event.message?.trim() ?? '', at: timeOf(event) }))
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .filter(({ reason }, index, all) => all.findIndex((one) => one.reason === reason) === index)
      .slice(0, 5)
  } catch (error) {
    if (isApiError(error, 'Forbidden')) return []
    throw error
  }
}

function timeOf({ series, lastTimestamp, eventTime, metadata }: Event): Date {
  return new Date(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata?.creationTimestamp ?? 0)
}
