import type { Client } from '../client.ts'
import { isApiError, KubeError } from '../errors.ts'
import type { Resource } from '../objects.ts'
import { displayName, groupOf, objectName, typeOf } from './name.ts'
import { readObject } from './read.ts'
import type { LiveObject } from './types.ts'

interface Options {
  signal: AbortSignal
  /** Default true: resolves once the object, and the pods that it owns, are gone. Otherwise once the server has been asked. */
  wait?: boolean | undefined
}

/**
 * Groups whose objects own pods, which are to be gone with them. Others go at once: an object of a kind that the garbage
 * collector has not yet heard of would wait for it, up to half a minute.
 */
const ownsOthers = new Set(['apps', 'batch'])

/**
 * Deletes exactly this object, by its UID: another one of its name is left alone. What is gone already is no failure.
 * @throws {KubeError} nobody knows whether it is gone
 */
export async function deleteObject(client: Client, object: LiveObject, { signal, wait = true }: Options) {
  const resource = await client.resourceOf(typeOf(object), { signal })
  const uid = object.metadata?.uid
  const propagationPolicy = wait && ownsOthers.has(groupOf(object.apiVersion ?? '')) ? 'Foreground' : 'Background'
  try {
    await client.delete(resource, objectName(object), { uid, propagationPolicy, signal })
  } catch (error) {
    if (isApiError(error, 'Conflict')) return
    throw error
  }
  if (wait) await gone(client, resource, object, signal)
}

async function gone(client: Client, resource: Resource, object: LiveObject, signal: AbortSignal): Promise<void> {
  const { name, namespace } = objectName(object)
  const left = await readObject(client, object, signal)
  if (left === undefined || left.metadata?.uid !== object.metadata?.uid) return
  const from = {
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: left.metadata?.resourceVersion,
    namespace,
    signal,
  }
  try {
    for await (const { type } of client.watch(resource, from)) if (type === 'DELETED') return
  } catch (error) {
    if (isApiError(error, 'NotFound')) return
    throw error
  }
  throw new KubeError(`nobody knows whether ${displayName(object)} is gone: the watch ended`, {
    suggestion: 'run it again',
  })
}
