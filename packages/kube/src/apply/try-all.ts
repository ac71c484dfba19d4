import type { Client } from '../client.ts'
import { isApiError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { canBeMember } from './applyset.ts'
import type { Action } from './difference.ts'
import { type Applying, tryApply } from './dry-run.ts'
import { FieldConflictError, RefusedError } from './errors.ts'
import type { Found } from './find.ts'
import { groupKindOf, typeOf } from './name.ts'
import { each } from './read.ts'

export interface Trying extends Applying {
  /** Have the server try every object. Default true; without, every object that is there counts as configured. */
  tryOut?: boolean | undefined
}

/** What happens to one object. */
export interface Change extends Found {
  /** What the server made of it in a dry run; what was wanted where the server cannot know yet. */
  after: KubernetesObject
  /** `kept`: a namespace that this user may not change. */
  action: Action | 'kept'
}

/**
 * Has the server try every object that it can.
 * @throws {FieldConflictError} fields that others have set, of all objects
 * @throws {RefusedError} the server refuses an object
 */
export async function tryAll(client: Client, found: readonly Found[], options: Trying): Promise<Change[]> {
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
      const waits = before === undefined && (await waitsForAnother(client, object, error, options.signal))
      if (waits) return { object, before, after: object, action: 'created' }
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

/**
 * Whether a new object cannot be tried because another one is not there yet, which may be made by the same installation:
 * who may not do all that a Role allows can bind it only if it is there.
 */
async function waitsForAnother(client: Client, object: KubernetesObject, error: unknown, signal: AbortSignal) {
  if (!(error instanceof RefusedError) || !isApiError(error.cause, 'NotFound')) return false
  try {
    await client.resourceOf(typeOf(object), { signal })
    return true
  } catch (cause) {
    if (isApiError(cause, 'NotFound')) return false
    throw cause
  }
}

/** A namespace that the user may not change is taken as it is. */
function isForbiddenNamespace(object: KubernetesObject, error: unknown): boolean {
  return !canBeMember(object) && error instanceof RefusedError && isApiError(error.cause, 'Forbidden')
}
