import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../../client.ts'
import { resource } from '../../objects.ts'
import type { Event, Pod } from '../types.ts'

const events = resource<Event>('', 'v1', 'events')

/** Events of a namespace, the latest first; none where they may not be seen. */
export async function eventsOf(client: Client, namespace: string | undefined, fieldSelector: string): Promise<Event[]> {
  try {
    const { items } = await client.list(events, { namespace, fieldSelector, timeout: 3000 })
    return items.toSorted((a, b) => time(b).localeCompare(time(a)))
  } catch {
    return []
  }
}

function time(event: Event): string {
  return event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? ''
}

const longest = 4096
/** What the kubelet gives for the log of a container in whose place the next one has just come. */
const replaced = /^unable to retrieve container logs for \S+$/

/** The last lines that a container printed; empty where they cannot be had. */
export async function lastLines(
  client: Client,
  { metadata }: Pod,
  container: string,
  previous = false,
): Promise<string> {
  const pod = { name: metadata?.name ?? '', namespace: metadata?.namespace }
  const options = { container, previous, tailLines: 5, signal: AbortSignal.timeout(3000) }
  try {
    for (;;) {
      const chunks: Uint8Array[] = []
      for await (const chunk of client.logs(pod, options)) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      if (!replaced.test(text)) return text.slice(-longest)
      await delay(500, undefined, options)
    }
  } catch {
    return ''
  }
}
