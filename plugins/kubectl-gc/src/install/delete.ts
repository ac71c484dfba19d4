import { type Client, isApiError, type KubernetesObject, type Resource } from '@kubectl-gc/kube'
import { UsageError } from '../errors/usage.ts'
import { read } from './apply.ts'
import { displayName, objectName, typeOf } from './name.ts'

/** Deletes an object with all that it owns and resolves once it is gone: true, or false when it was not there. */
export async function deleteAndWait(client: Client, object: KubernetesObject, signal: AbortSignal): Promise<boolean> {
  const found = await read(client, object, signal)
  if (found === undefined) return false
  const resource = await client.resourceOf(typeOf(object), { signal })
  const uid = found.metadata?.uid
  await client.delete(resource, objectName(object), { uid, propagationPolicy: 'Foreground', signal })
  await gone(client, resource, object, signal)
  return true
}

async function gone(client: Client, resource: Resource, object: KubernetesObject, signal: AbortSignal): Promise<void> {
  const { name, namespace } = objectName(object)
  const left = await read(client, object, signal)
  if (left === undefined) return
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
  throw new UsageError(`nobody knows whether ${displayName(object)} is gone: the watch ended`, 'run it again')
}
