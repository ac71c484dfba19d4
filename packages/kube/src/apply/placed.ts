import type { Client } from '../client.ts'
import { isApiError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { typeOf } from './name.ts'

/** An object that names no namespace goes into the installation's, if its kind is in namespaces. */
export async function placed(
  client: Client,
  object: KubernetesObject,
  namespace: string,
  signal: AbortSignal,
): Promise<KubernetesObject> {
  if (object.metadata?.namespace !== undefined) return object
  try {
    const { namespaced } = await client.resourceOf(typeOf(object), { signal })
    return namespaced ? { ...object, metadata: { ...object.metadata, namespace } } : object
  } catch (error) {
    if (isApiError(error, 'NotFound')) return object
    throw error
  }
}
