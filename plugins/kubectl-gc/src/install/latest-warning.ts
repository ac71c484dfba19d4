import { type Client, resource } from '@kubectl-gc/kube'
import type { Event } from '@kubectl-gc/manifests/kubernetes'

const events = resource<Event>('', 'v1', 'events')

/** The namespace's latest warning, which tells of what no pod's status shows: a claim without a volume, a refused pod. */
export async function latestWarning(client: Client, namespace: string | undefined): Promise<string | undefined> {
  try {
    const { items } = await client.list(events, { namespace, fieldSelector: 'type=Warning', timeout: 3000 })
    const [last] = items.toSorted((a, b) => time(b).localeCompare(time(a)))
    return last === undefined ? undefined : `${last.involvedObject.name}: ${last.reason}: ${last.message}`
  } catch {
    return undefined
  }
}

function time(event: Event): string {
  return event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? ''
}
