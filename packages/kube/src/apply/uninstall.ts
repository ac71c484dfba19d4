import type { Client } from '../client.ts'
import type { KubernetesObject } from '../objects.ts'
import { canBeMember, groupKinds } from './applyset.ts'
import { claimsOf } from './claims.ts'
import { deleteObject } from './delete.ts'
import { holdsData } from './holds-data.ts'
import { membersOf } from './members.ts'
import { displayName, groupKindOf, keyOf } from './name.ts'
import { whyKeepNamespace } from './namespace.ts'
import { inOrder } from './order.ts'
import { appliedBy, ownerOf } from './owner.ts'
import { placed } from './placed.ts'
import { each, readObject } from './read.ts'
import { deleteRecord, type Installation, installationId, readRecord } from './record.ts'
import type { LiveObject, Waitable } from './types.ts'

export interface UninstallOptions {
  fieldManager: string
  /** What such an installation is made of, for one from before there were records. */
  objects: readonly KubernetesObject[]
  /** Delete what holds data too. Default false. */
  deleteData?: boolean | undefined
  signal: AbortSignal
  /** Told of each object, before it is waited for. */
  onProgress?: ((step: string) => void) | undefined
  onDeleted?: ((object: KubernetesObject) => void | Promise<void>) | undefined
  /** Told of what stays, and why: `data`, or in words. */
  onKept?: ((object: KubernetesObject, why: 'data' | (string & {})) => void | Promise<void>) | undefined
  /** What people call a pod, where it is named as what keeps a namespace. */
  nameOfPod?: ((pod: KubernetesObject) => string | undefined) | undefined
}

/**
 * Removes an installation: its members, by UID and the last first, each awaited; then, when asked to, what holds data;
 * then a namespace that it made and that holds nothing else; last its record, so that a run which is cut short can be
 * run again. What is gone already is no failure, and what others own is left alone.
 */
export async function uninstall(client: Client, installation: Installation, options: UninstallOptions): Promise<void> {
  const { signal, fieldManager } = options
  const id = installationId(installation)
  const record = await readRecord(client, installation, signal)
  const objects = await each(options.objects, (object) => placed(client, object, installation.namespace, signal))
  const scope = {
    id,
    groupKinds: groupKinds(objects, ['PersistentVolumeClaim', ...(record?.groupKinds ?? [])]),
    namespaces: [installation.namespace, ...(record?.namespaces ?? [])],
    signal,
  }
  const labelled = await membersOf(client, scope)
  const older = await unlabelled(client, labelled, { ...options, objects, id })
  const found = inOrder([...sorted(labelled, objects), ...older]).toReversed()
  const claims = await eachClaim(client, found, { ...options, objects })
  const remove = async (object: LiveObject) => {
    options.onProgress?.(`waiting for ${displayName(object)} to be gone`)
    await deleteObject(client, object, { signal })
    await options.onDeleted?.(object)
  }
  for (const object of found.filter((one) => !holdsData(one))) await remove(object)
  const known = new Set<string>()
  for (const object of [...found.filter(holdsData), ...claims]) {
    if (known.has(keyOf(object))) continue
    known.add(keyOf(object))
    if (options.deleteData === true) await remove(object)
    else await options.onKept?.(object, 'data')
  }
  for (const name of new Set(
    options.objects.filter((one) => !canBeMember(one)).map(({ metadata }) => metadata?.name),
  )) {
    const limits = { fieldManager, installation: installation.name, nameOfPod: options.nameOfPod, signal }
    const { why, namespace } = await whyKeepNamespace(client, name ?? '', limits)
    if (namespace === undefined && why === undefined) continue
    const object = {
      ...namespace,
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: name ?? '', ...namespace?.metadata },
    }
    if (why !== undefined) await options.onKept?.(object, why)
    else await remove(object)
  }
  if (record !== undefined) await deleteRecord(client, installation, record, signal)
}

/** Members in the order in which their bundle has them; what it does not have any more comes last. */
function sorted(members: LiveObject[], objects: readonly KubernetesObject[]): LiveObject[] {
  const order = objects.map(keyOf)
  const rank = (member: LiveObject) => {
    const at = order.indexOf(keyOf(member))
    return at === -1 ? order.length : at
  }
  return members.toSorted((a, b) => rank(a) - rank(b))
}

/** Objects without our label that our field manager has applied; others of such names are left alone, and named. */
async function unlabelled(
  client: Client,
  labelled: readonly LiveObject[],
  options: UninstallOptions & { id: string },
): Promise<LiveObject[]> {
  const known = new Set(labelled.map(keyOf))
  const missing = options.objects.filter((object) => canBeMember(object) && !known.has(keyOf(object)))
  const found = await each(missing, (object) => readObject(client, object, options.signal))
  const ours: LiveObject[] = []
  for (const object of found) {
    if (object === undefined) continue
    const owner = await ownerOf(client, object, options)
    if (owner === undefined && appliedBy(object, options.fieldManager)) ours.push(object)
    else await options.onKept?.(object, `it belongs to ${owner}`)
  }
  return ours
}

/** The claims of what is removed, and of what has been before: those of a StatefulSet outlive it. */
async function eachClaim(client: Client, found: readonly LiveObject[], options: UninstallOptions) {
  const sets = [...found, ...options.objects].filter((object) => groupKindOf(object) === 'StatefulSet.apps')
  const unique = [...new Map(sets.map((set) => [keyOf(set), set])).values()]
  const lists = await each(unique, (set) => claimsOf(client, set as Waitable, options.signal))
  return lists.flat().map((claim) => ({ ...claim, apiVersion: 'v1', kind: 'PersistentVolumeClaim' }))
}
