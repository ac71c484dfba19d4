import { type Client, isApiError, type KubernetesObject } from '@kubectl-gc/kube'
import { UsageError } from '../errors/usage.ts'
import { displayName, objectName, typeOf } from './name.ts'

export const fieldManager = 'kubectl-gc'

export interface ApplyOptions {
  signal: AbortSignal
  /** Take over fields that somebody else set. */
  force?: boolean | undefined
  dryRun?: boolean | undefined
}

/** The object as the server has it, or undefined. */
export async function read(client: Client, object: KubernetesObject, signal: AbortSignal) {
  const resource = await client.resourceOf(typeOf(object), { signal })
  try {
    return await client.get(resource, objectName(object), { signal })
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined
    throw error
  }
}

/** Applies one object on the server's side and tells what that changed, in kubectl's words. */
export async function applyObject(
  client: Client,
  object: KubernetesObject,
  { signal, force, dryRun }: ApplyOptions,
): Promise<'created' | 'configured' | 'unchanged'> {
  try {
    const before = await read(client, object, signal)
    const after = await client.apply(object, { fieldManager, force, dryRun, signal })
    if (before === undefined) return 'created'
    return isSame(before, after) ? 'unchanged' : 'configured'
  } catch (error) {
    throw withHint(error, object)
  }
}

/** Whether the user lacks the right, as `applyObject` says it. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Error && isApiError(error.cause, 'Forbidden')
}

/** A dry run keeps the version of what it would have changed, so the generation is looked at too. */
function isSame(before: KubernetesObject, after: KubernetesObject): boolean {
  const relevant = ({ metadata, ...rest }: KubernetesObject & { status?: unknown }) => {
    const { status: _, ...content } = rest
    return JSON.stringify([content, metadata?.labels, metadata?.annotations])
  }
  return before.metadata?.resourceVersion === after.metadata?.resourceVersion && relevant(before) === relevant(after)
}

function withHint(error: unknown, object: KubernetesObject): unknown {
  const what = displayName(object)
  if (isApiError(error, 'Conflict')) {
    const suggestion = 'let this program own those fields: kubectl gc install --force-conflicts'
    return new UsageError(`${what}: ${error.message}`, suggestion, error)
  }
  if (isApiError(error, 'Forbidden')) {
    return new UsageError(
      `${what}: ${error.message}`,
      'ask for the right to make it, or use a context that has it',
      error,
    )
  }
  return isApiError(error) ? new UsageError(`${what}: ${error.message}`, error.suggestion, error) : error
}
