import type { Client } from '../client.ts'
import { isApiError, KubeError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { canBeMember, groupKinds } from './applyset.ts'
import { claimsOf } from './claims.ts'
import { deleteObject } from './delete.ts'
import { holdsData } from './holds-data.ts'
import { membersOf } from './members.ts'
import { groupKindOf, keyOf } from './name.ts'
import { whyKeepNamespace } from './namespace.ts'
import type { Plan } from './plan.ts'
import { readObject } from './read.ts'
import { deleteRecord, readRecord, type StoredRecord } from './record.ts'
import type { LiveObject, Waitable } from './types.ts'

interface Options {
  /** What this run created, in the order in which it did. */
  made: readonly LiveObject[]
  fieldManager: string
  signal: AbortSignal
  onChange?: ((object: KubernetesObject, what: 'deleted') => void | Promise<void>) | undefined
}

/** Milliseconds after which what does not go is left; pods have 30 s to end. */
const patience = 120_000

/**
 * Removes what a first installation has made, by UID, the last first: what this run created, and what carries the
 * installation's id because an earlier run was cut short, or because the answer to an apply was lost. What was there
 * before stays. Claims that came with a StatefulSet go with it, unless it is ready: then they may hold something. A
 * namespace goes unless it holds something of others.
 * @throws {KubeError} something does not go in time
 */
export async function rollBack(client: Client, plan: Plan, options: Options): Promise<void> {
  const deadline = AbortSignal.timeout(patience)
  const signal = AbortSignal.any([options.signal, deadline])
  try {
    await removeAll(client, plan, { ...options, signal })
  } catch (error) {
    options.signal.throwIfAborted()
    if (!deadline.aborted) throw error
    throw new KubeError(`what it had made in namespace ${plan.namespace} is not gone after ${patience / 1000}s`, {
      cause: error,
      suggestion: `see what is left: kubectl get all --namespace ${plan.namespace}`,
    })
  }
}

async function removeAll(client: Client, plan: Plan, options: Options): Promise<void> {
  const { made, fieldManager, signal, onChange } = options
  const record = await unlessForbidden(readRecord(client, plan, signal), undefined)
  const remove = async (object: LiveObject) => {
    await deleteObject(client, object, { signal })
    await onChange?.(object, 'deleted')
  }
  const unknown = await unknownMembers(client, plan, record, options)
  for (const object of [...unknown, ...made.filter(canBeMember)].toReversed()) {
    const claims = groupKindOf(object) === 'StatefulSet.apps' ? await unusedClaims(client, object, signal) : []
    await remove(object)
    for (const claim of claims) await remove(claim)
  }
  if (record !== undefined) await deleteRecord(client, plan, record, signal)
  const isMade = (object: KubernetesObject) =>
    plan.record !== undefined || made.some((one) => keyOf(one) === keyOf(object))
  for (const { object } of plan.changes) {
    if (canBeMember(object) || !isMade(object)) continue
    const limits = { fieldManager, installation: plan.name, signal }
    const { why, namespace } = await whyKeepNamespace(client, object.metadata?.name ?? '', limits)
    if (why === undefined && namespace !== undefined) await remove({ ...object, metadata: namespace.metadata ?? {} })
  }
}

/** Members that this run does not know to have made, and that were not there before. */
async function unknownMembers(
  client: Client,
  plan: Plan,
  record: StoredRecord | undefined,
  { made, signal }: Options,
): Promise<LiveObject[]> {
  const objects = plan.changes.map(({ object }) => object)
  const scope = {
    id: plan.id,
    groupKinds: groupKinds(objects, record?.groupKinds),
    namespaces: [plan.namespace, ...(record?.namespaces ?? [])],
    signal,
  }
  const uids = new Set(made.map(({ metadata }) => metadata?.uid))
  const inherited = new Set([...plan.inherited, ...(record?.inherited ?? [])])
  const wanted = new Set(objects.map(keyOf))
  const members = await unlessForbidden(membersOf(client, scope), [])
  return members
    .filter((one) => !uids.has(one.metadata?.uid) && !inherited.has(keyOf(one)))
    .filter((one) => wanted.has(keyOf(one)) || !holdsData(one))
}

/** The claims that a StatefulSet caused, if no pod of it is ready. */
async function unusedClaims(client: Client, object: LiveObject, signal: AbortSignal): Promise<LiveObject[]> {
  const set: Waitable | undefined = await readObject(client, object, signal)
  if (set === undefined || Number(set.status?.readyReplicas ?? 0) > 0) return []
  const since = set.metadata?.creationTimestamp ?? ''
  const claims = await claimsOf(client, set, signal)
  const caused = claims.filter(({ metadata }) => (metadata?.creationTimestamp ?? '') >= since)
  return caused.map((claim) => ({ ...claim, apiVersion: 'v1', kind: 'PersistentVolumeClaim' }))
}

async function unlessForbidden<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (isApiError(error, 'Forbidden')) return otherwise
    throw error
  }
}
