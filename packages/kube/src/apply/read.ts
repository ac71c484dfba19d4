import type { Client } from '../client.ts'
import { isApiError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { objectName, typeOf } from './name.ts'
import type { LiveObject } from './types.ts'

/** The object as the server has it; undefined when it, or its kind, is not there. */
export async function readObject(
  client: Client,
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<LiveObject | undefined> {
  try {
    const resource = await client.resourceOf(typeOf(object), { signal })
    const found = await client.get<LiveObject>(resource, objectName(object), { signal })
    return { ...typeOf(object), ...found }
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined
    throw error
  }
}

const width = 6

/** Runs a task for each item, six at a time; the results in the items' order. */
export async function each<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = items.entries()
  const work = async () => {
    for (const [index, item] of waiting) results[index] = await task(item)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work))
  return results
}
