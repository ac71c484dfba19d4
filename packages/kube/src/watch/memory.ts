import type { WatchEvent } from '../client.ts'
import type { KubernetesObject } from '../objects.ts'

/** What a watch has told its caller so far, so that after a gap it can tell the difference and no more. */
export class Memory<T extends KubernetesObject> {
  #known = new Map<string, T>()

  /** Takes note of an event that goes to the caller. */
  note({ type, object }: WatchEvent<T>): void {
    if (type === 'DELETED') this.#known.delete(keyOf(object))
    else this.#known.set(keyOf(object), outline(object))
  }

  /** The events that lead from what the caller knows to this list. Objects that are gone come with their metadata only. */
  *difference(items: T[]): Generator<WatchEvent<T>> {
    const present = new Set(items.map(keyOf))
    for (const [key, object] of [...this.#known]) {
      if (!present.has(key)) yield this.#noted({ type: 'DELETED', object })
    }
    for (const object of items) {
      const before = this.#known.get(keyOf(object))
      if (before === undefined) yield this.#noted({ type: 'ADDED', object })
      else if (before.metadata?.resourceVersion !== object.metadata?.resourceVersion) {
        yield this.#noted({ type: 'MODIFIED', object })
      }
    }
  }

  #noted(event: WatchEvent<T>): WatchEvent<T> {
    this.note(event)
    return event
  }
}

const keyOf = ({ metadata }: KubernetesObject) => metadata?.uid ?? `${metadata?.namespace ?? ''}/${metadata?.name}`

function outline<T extends KubernetesObject>({ apiVersion, kind, metadata = {} }: T): T {
  const { name, namespace, uid, resourceVersion, labels, annotations, creationTimestamp } = metadata
  const kept = { name, namespace, uid, resourceVersion, labels, annotations, creationTimestamp }
  return { apiVersion, kind, metadata: kept } as unknown as T
}
