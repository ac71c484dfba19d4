import type { Client } from '../client.ts'
import { type ApiError, isApiError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { type Action, actionOf } from './difference.ts'
import { FieldConflictError, RefusedError } from './errors.ts'
import { readObject } from './read.ts'
import type { LiveObject } from './types.ts'

/** How objects are applied. */
export interface Applying {
  fieldManager: string
  /** Take over fields that another manager has set. Default false. */
  force?: boolean | undefined
  signal: AbortSignal
}

/** What an apply would do. `after` is what the server says it would come to. */
export interface Tried {
  before: LiveObject | undefined
  after: LiveObject
  action: Action
}

/**
 * Has the server try an apply. What it is compared with is read again when somebody changed it in between.
 * @throws {FieldConflictError} another manager owns fields
 * @throws {RefusedError} the server would not have it
 */
export async function tryApply(
  client: Client,
  object: KubernetesObject,
  known: LiveObject | undefined,
  options: Applying,
): Promise<Tried> {
  let before = known
  for (let left = 5; ; left -= 1) {
    const after = await applied(client, object, options, true)
    const isFresh = before === undefined || before.metadata?.resourceVersion === after.metadata?.resourceVersion
    if (isFresh || left === 0) return { before, after, action: actionOf(before, after) }
    before = await readObject(client, object, options.signal)
  }
}

/** Applies, and names the object in errors. */
export async function applied(
  client: Client,
  object: KubernetesObject,
  { fieldManager, force, signal }: Applying,
  dryRun = false,
): Promise<LiveObject> {
  try {
    return await client.apply<LiveObject>(object, { fieldManager, force, signal, dryRun: dryRun || undefined })
  } catch (error) {
    if (!isApiError(error)) throw error
    const causes = error.status.details?.causes ?? []
    if (error.reason === 'Conflict' && causes.some(({ reason }) => reason === 'FieldManagerConflict')) {
      throw new FieldConflictError([{ object, message: error.message }], { cause: error })
    }
    throw refused(object, error)
  }
}

/** The server's refusal, with the object's name and the next step. */
export function refused(object: KubernetesObject, error: ApiError): RefusedError {
  const ask = 'ask for the right to make it, or use a context that has it'
  const suggestion = error.reason === 'Forbidden' ? ask : error.suggestion
  return new RefusedError(object, error.message, { cause: error, suggestion })
}
