import type { Client } from '../client.ts'
import { isApiError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { canBeMember, groupKinds } from './applyset.ts'
import { claimsOf } from './claims.ts'
import { deleteObject } from './delete.ts'
import { membersOf } from './members.ts'
import { groupKindOf, keyOf } from './name.ts'
import { whyKeepNamespace } from './namespace.ts'
import type { Plan } from './plan.ts'
import { readObject } from './read.ts'
import { deleteRecord, readRecord } from './record.ts'
import type { LiveObject, Waitable } from './types.ts'

interface Options {
  /** What this run created, in the order in which it did. */
  made: readonly LiveObject[]
  fieldManager: string
  signal: AbortSignal
  onChange?: ((object: KubernetesObject, what: 'deleted') => void | Promise<void>) | undefined
}

/**
 * Removes what a first installation has made, by UID, the last first: what this run created, and the members that an
 * earlier run which was cut short did. What was taken over stays. Claims that came with a StatefulSet go with it, unless
 * it was ready: then they may hold something. A namespace goes unless it holds something of others.
 */
export async function rollBack(client: Client, plan: Plan, { made, fieldManager, signal, onChange }: Options) {
  const record = await known(readRecord(client, plan, signal))
  const adopted = new Set([...plan.adopted, ...(record?.adopted ?? [])])
  const uids = new Set(made.map(({ metadata }) => metadata?.uid))
  const scope = { id: plan.id, namespaces: [plan.namespace, ...(record?.namespaces ?? [])], signal }
  const objects = plan.changes.map(({ object }) => object)
  const kinds = groupKinds(objects, record?.groupKinds)
  const members = plan.record === undefined ? [] : await membersOf(client, { ...scope, groupKinds: kinds })
  const earlier = members.filter((one) => !uids.has(one.metadata?.uid) && !adopted.has(keyOf(one)))
  const remove = async (object: LiveObject) => {
    await deleteObject(client, object, { signal })
    await onChange?.(object, 'deleted')
  }
  for (const object of [...earlier, ...made].toReversed()) {
    if (!canBeMember(object)) continue
    const claims = groupKindOf(object) === 'StatefulSet.apps' ? await unused(client, object, signal) : []
    await remove(object)
    for (const claim of claims) await remove(claim)
  }
  if (record !== undefined) await deleteRecord(client, plan, record, signal)
  const isMade = (object: KubernetesObject) =>
    plan.record !== undefined || made.some((one) => keyOf(one) === keyOf(object))
  for (const { object } of plan.changes) {
    if (canBeMember(object) || !isMade(object)) continue
    const options = { fieldManager, installation: plan.name, signal }
    const { why, namespace } = await whyKeepNamespace(client, object.metadata?.name ?? '', options)
    if (why === undefined && namespace !== undefined) await remove({ ...object, metadata: namespace.metadata ?? {} })
  }
}

/** The claims that a StatefulSet caused, if no pod of it is ready. */
async function unused(client: Client, object: LiveObject, signal: AbortSignal): Promise<LiveObject[]> {
  const set: Waitable | undefined = await readObject(client, object, signal)
  if (set === undefined || Number(set.status?.readyReplicas ?? 0) > 0) return []
  const since = set.metadata?.creationTimestamp ?? ''
  const claims = await claimsOf(client, set, signal)
  const caused = claims.filter(({ metadata }) => (metadata?.creationTimestamp ?? '') >= since)
  return caused.map((claim) => ({ ...claim, apiVersion: 'v1', kind: 'PersistentVolumeClaim' }))
}

/** Without the namespace, there is no record. */
async function known<T>(reading: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (isApiError(error, 'Forbidden')) return undefined
    throw error
  }
}
