import { isKubeError } from '@kubectl-gc/kube'
import { UsageError } from '../errors/usage.ts'

/**
 * The error with the flag that goes past it, where there is one.
 * @param command as a person types it, `kubectl gc install sessions --namespace gc`
 */
export function withFlag(error: unknown, command: string): unknown {
  if (!isKubeError(error)) return error
  if (error.name === 'OwnedByOthersError') {
    return new UsageError(error.message, `let this installation have them: ${command} --adopt`, error)
  }
  if (error.name === 'FieldConflictError') {
    return new UsageError(error.message, `let this program own those fields: ${command} --force-conflicts`, error)
  }
  return error
}
