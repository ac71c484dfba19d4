import { type Client, isKubeError, resource } from '@kubectl-gc/kube'
import type { Event } from '@kubectl-gc/manifests/kubernetes'

/** Something that Kubernetes has told of a session's pod. */
export interface SessionEvent {
  type: 'Normal' | 'Warning'
  /** In a word, such as `FailedScheduling`. */
  reason: string
  message: string
  /** How often it was told. */
  count: number
  /** When it was told last. */
  at: Date
}

const events = resource<Event>('', 'v1', 'events')
const patience = 3000

/** What Kubernetes has told of a pod, in the order of time; undefined when the user may not see it, or it takes too long. */
export async function eventsOf(
  client: Client,
  pod: { name: string; namespace: string },
  signal: AbortSignal,
): Promise<SessionEvent[] | undefined> {
  const fieldSelector = `involvedObject.kind=Pod,involvedObject.name=${pod.name}`
  const options = { namespace: pod.namespace, fieldSelector, timeout: patience, signal }
  try {
    const { items } = await client.list(events, options)
    return items.map(toEvent).sort((a, b) => a.at.getTime() - b.at.getTime())
  } catch (error) {
    signal.throwIfAborted()
    if (isKubeError(error)) return undefined
    throw error
  }
}

function toEvent(event: Event): SessionEvent {
  const { series, lastTimestamp, eventTime, metadata } = event
  return {
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    message: (event.message ?? '').trim().replace(/\s+/g, ' '),
    count: series?.count ?? event.count ?? 1,
    at: new Date(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? 0),
  }
}
