import type { Client } from '../client.ts'
import type { KubernetesObject } from '../objects.ts'
import { asMember, canBeMember, groupKinds, PART_OF } from './applyset.ts'
import { OwnedByOthersError } from './errors.ts'
import { type Found, find } from './find.ts'
import { holdsData } from './holds-data.ts'
import { membersOf } from './members.ts'
import { keyOf } from './name.ts'
import { inOrder } from './order.ts'
import { appliedBy, ownerOf } from './owner.ts'
import { placed } from './placed.ts'
import { each } from './read.ts'
import { type Installation, installationId, readRecord, type StoredRecord } from './record.ts'
import { type Change, type Trying, tryAll } from './try-all.ts'
import type { LiveObject } from './types.ts'

/** What is to be in the cluster, and where that is written down. */
export interface Wanted extends Installation {
  objects: readonly KubernetesObject[]
  /** Kept in the installation's record, as JSON: what the objects were made from. */
  content: unknown
}

export interface PlanOptions extends Trying {
  /** Take over objects of other installations and programs. Default false. */
  adopt?: boolean | undefined
}

/** What an installation will do. */
export interface Plan extends Wanted {
  id: string
  /** The record as it was read; undefined: none. */
  record: StoredRecord | undefined
  /** Whether a failure removes what there is: nobody has used the installation yet. */
  isFirst: boolean
  /** In the order of application. */
  changes: Change[]
  /** Members that are not wanted any more. */
  obsolete: LiveObject[]
  /** The same of kinds that hold data. */
  obsoleteData: LiveObject[]
  /** Keys of the objects among the changes that were there before this installation. */
  inherited: string[]
}

/**
 * Finds out what an installation will change, by the server's own dry run of every object, and changes nothing. What
 * the server would refuse is found here, before anything is changed; it cannot try what needs something, such as a
 * namespace or a kind, that the same installation makes.
 * @throws {OwnedByOthersError} objects that belong to others, all of them, unless `adopt`
 * @throws {FieldConflictError} fields that others have set, all of them, unless `force`
 * @throws {RefusedError} the server refuses an object
 */
export async function planInstallation(client: Client, wanted: Wanted, options: PlanOptions): Promise<Plan> {
  const { signal, fieldManager } = options
  const id = installationId(wanted)
  const [record, found] = await Promise.all([
    readRecord(client, wanted, signal),
    each(inOrder(wanted.objects), async (given) => {
      const object = asMember(await placed(client, given, wanted.namespace, signal), id)
      return find(client, object, signal)
    }),
  ])
  const foreign = await strangers(client, found, { ...options, id })
  const changes = await tryAll(client, found, options)
  const scope = {
    id,
    groupKinds: groupKinds(wanted.objects, record?.groupKinds),
    namespaces: [wanted.namespace, ...(record?.namespaces ?? [])],
  }
  const members = record === undefined ? [] : await membersOf(client, { ...scope, signal })
  const rendered = new Set(found.map(({ object }) => keyOf(object)))
  const gone = members.filter((member) => !rendered.has(keyOf(member)) && isRemovable(member))
  const isOld = found.some(({ before }) => before !== undefined && isUnrecorded(before, fieldManager))
  const isFirst = record === undefined ? !isOld : record.state === 'installing'
  const existing = found.filter(({ before }) => before !== undefined).map(({ object }) => keyOf(object))
  const inherited = record === undefined ? existing : foreign
  return {
    ...{ ...wanted, id, record, isFirst, changes, inherited },
    obsolete: gone.filter((member) => !holdsData(member)),
    obsoleteData: gone.filter(holdsData),
  }
}

/** Whether an installation from before there were records made the object. What is kept of one that is gone has its id. */
function isUnrecorded(object: LiveObject, fieldManager: string): boolean {
  return canBeMember(object) && object.metadata?.labels?.[PART_OF] === undefined && appliedBy(object, fieldManager)
}

/** The keys of what others made; an error unless it may be taken over. */
async function strangers(client: Client, found: Found[], options: PlanOptions & { id: string }): Promise<string[]> {
  const existing = found.filter((one): one is Found & { before: LiveObject } => one.before !== undefined)
  const owners = await each(existing, async ({ object, before }) => ({
    object,
    owner: await ownerOf(client, before, options),
  }))
  const owned = owners.flatMap(({ object, owner }) => (owner === undefined ? [] : [{ object, owner }]))
  if (owned.length > 0 && options.adopt !== true) throw new OwnedByOthersError(owned)
  return owned.map(({ object }) => keyOf(object))
}

/** A member that something else makes and removes, such as a copy that a controller makes with our labels, is not ours. */
function isRemovable({ metadata }: LiveObject): boolean {
  const isControlled = metadata?.ownerReferences?.some(({ controller }) => controller === true) ?? false
  return !isControlled && metadata?.deletionTimestamp === undefined
}
