import type { Client } from '../client.ts'
import { isApiError, KubeError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { asMember, canBeMember, groupKinds, PART_OF } from './applyset.ts'
import type { Action } from './difference.ts'
import { tryApply } from './dry-run.ts'
import { FieldConflictError, OwnedByOthersError, RefusedError } from './errors.ts'
import { holdsData } from './holds-data.ts'
import { membersOf } from './members.ts'
import { displayName, groupKindOf, keyOf } from './name.ts'
import { inOrder } from './order.ts'
import { appliedBy, ownerOf } from './owner.ts'
import { placed } from './placed.ts'
import { each, readObject } from './read.ts'
import { type Installation, installationId, readRecord, type StoredRecord } from './record.ts'
import type { LiveObject } from './types.ts'

/** What is to be in the cluster, and where that is written down. */
export interface Wanted extends Installation {
  objects: readonly KubernetesObject[]
  /** Kept in the installation's record, as JSON: what the objects were made from. */
  content: unknown
}

export interface PlanOptions {
  fieldManager: string
  /** Take over fields that another manager has set. Default false. */
  force?: boolean | undefined
  /** Take over objects of other installations and programs. Default false. */
  adopt?: boolean | undefined
  /** Have the server try every object. Default true; without, every object that is there counts as configured. */
  tryOut?: boolean | undefined
  signal: AbortSignal
}

/** What happens to one object. */
export interface Change {
  /** As it will be applied. */
  object: KubernetesObject
  before: LiveObject | undefined
  /** What the server made of it in a dry run; what was wanted where the server cannot know yet. */
  after: KubernetesObject
  /** `kept`: a namespace that this user may not change. */
  action: Action | 'kept'
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
 * the server would refuse is found here, before anything is changed; it cannot try what needs a namespace, or a kind,
 * that the same installation makes.
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
      return { object, before: await readable(client, object, signal) }
    }),
  ])
  for (const { object, before } of found) refuseTerminating(object, before)
  const foreign = await strangers(client, found, { ...options, id })
  const changes = await tried(client, found, options)
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

interface Found {
  object: KubernetesObject
  before: LiveObject | undefined
}

/** Who has rights only inside a namespace may not read it, and installs into it nevertheless. */
async function readable(client: Client, object: KubernetesObject, signal: AbortSignal) {
  try {
    return await readObject(client, object, signal)
  } catch (error) {
    if (!isApiError(error, 'Forbidden')) throw error
    if (canBeMember(object)) throw new RefusedError(object, error.message, { cause: error })
    return object
  }
}

function refuseTerminating(object: KubernetesObject, before: LiveObject | undefined): void {
  const since = before?.metadata?.deletionTimestamp
  if (since === undefined) return
  throw new KubeError(`${displayName(object)} is being deleted, since ${since}`, {
    suggestion: `wait until it is gone: kubectl wait --for=delete ${displayName(object)}, then run it again`,
  })
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

async function tried(client: Client, found: Found[], options: PlanOptions): Promise<Change[]> {
  const missing = new Set(found.filter(isMissingNamespace).map(({ object }) => object.metadata?.name))
  const defined = new Set(found.filter(({ object }) => groupKindOf(object) === definition).map(kindDefined))
  const conflicts: FieldConflictError[] = []
  const changes = await each(found, async ({ object, before }): Promise<Change> => {
    const cannotTry =
      before === undefined && (missing.has(object.metadata?.namespace) || defined.has(groupKindOf(object)))
    if (options.tryOut === false) {
      return { object, before, after: object, action: before === undefined ? 'created' : 'configured' }
    }
    if (cannotTry) return { object, before, after: object, action: 'created' }
    try {
      return { object, ...(await tryApply(client, object, before, options)) }
    } catch (error) {
      if (isForbiddenNamespace(object, error)) return { object, before, after: before ?? object, action: 'kept' }
      if (!(error instanceof FieldConflictError)) throw error
      conflicts.push(error)
      return { object, before, after: object, action: 'configured' }
    }
  })
  const [conflict] = conflicts
  if (conflict === undefined) return changes
  throw new FieldConflictError(
    conflicts.flatMap((one) => one.conflicts),
    { cause: conflict.cause },
  )
}

const definition = 'CustomResourceDefinition.apiextensions.k8s.io'

/** The `Kind.group` that a CustomResourceDefinition defines. */
function kindDefined({ object }: Found): string {
  const { spec } = object as { spec?: { group?: string; names?: { kind?: string } } }
  return `${spec?.names?.kind}.${spec?.group}`
}

function isMissingNamespace({ object, before }: Found): boolean {
  return !canBeMember(object) && before === undefined
}

/** A namespace that the user may not change is taken as it is. */
function isForbiddenNamespace(object: KubernetesObject, error: unknown): boolean {
  return !canBeMember(object) && error instanceof RefusedError && isApiError(error.cause, 'Forbidden')
}
