import { type Client, isApiError, resource } from '@kubectl-gc/kube'
import { UsageError } from '../errors/usage.ts'

const namespaces = resource('', 'v1', 'namespaces', false)

/**
 * Whether a namespace is there. Who may not look is taken at his word: it is, and the request that follows tells him
 * what he may do in it.
 * @throws {KubeError} the API server cannot be asked, or does not answer
 */
export async function namespaceExists(
  client: Pick<Client, 'get'>,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.get(namespaces, { name }, { signal })
    return true
  } catch (error) {
    if (isApiError(error, 'Forbidden')) return true
    if (isApiError(error, 'NotFound')) return false
    throw error
  }
}

/** The error of a namespace that is not there, with the command that makes it. */
export function namespaceNotFound(name: string, cause?: unknown): UsageError {
  return new UsageError(`namespace "${name}" not found`, `kubectl gc install --namespace ${name}`, cause)
}
