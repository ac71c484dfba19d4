import type { Client } from '../client.ts'
import { isApiError, KubeError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { canBeMember } from './applyset.ts'
import { refused } from './dry-run.ts'
import { displayName } from './name.ts'
import { readObject } from './read.ts'
import type { LiveObject } from './types.ts'

/** An object that is wanted, and as it is. */
export interface Found {
  object: KubernetesObject
  before: LiveObject | undefined
}

/**
 * Looks an object up that is wanted.
 * @throws {KubeError} it is being deleted: what would be applied would go with it
 */
export async function find(client: Client, object: KubernetesObject, signal: AbortSignal): Promise<Found> {
  const before = await readable(client, object, signal)
  const { deletionTimestamp, namespace } = before?.metadata ?? {}
  if (deletionTimestamp === undefined) return { object, before }
  const what = `${displayName(object)}${namespace === undefined ? '' : ` --namespace ${namespace}`}`
  throw new KubeError(`${displayName(object)} is being deleted, since ${deletionTimestamp}`, {
    suggestion: `wait until it is gone: kubectl wait --for=delete ${what}, then run it again`,
  })
}

/** Who has rights only inside a namespace may not read it, and installs into it nevertheless. */
async function readable(client: Client, object: KubernetesObject, signal: AbortSignal) {
  try {
    return await readObject(client, object, signal)
  } catch (error) {
    if (!isApiError(error, 'Forbidden')) throw error
    if (canBeMember(object)) throw refused(object, error)
    return object
  }
}
