import { isKubeError, type KubeError } from '@kubectl-gc/kube'
import { ClusterError } from '../errors.ts'

/** An error of the cluster as one of ours; any other error as it is. */
export function toSessionError(error: unknown, doing: string): unknown {
  if (!isKubeError(error)) return error
  return new ClusterError(`${doing}: ${error.message}`, { cause: error, suggestion: suggest(error) })
}

function suggest(error: KubeError): string | undefined {
  if (error.suggestion !== undefined) return error.suggestion
  if (error.name === 'ConnectionError' || error.name === 'TimeoutError')
    return 'check the cluster: kubectl cluster-info'
  return undefined
}
