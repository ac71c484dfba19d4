import { type ApiError, isApiError, isKubeError, type KubeError } from '@kubectl-gc/kube'
import { DeadlineExceeded } from '../deadline.ts'
import { ClusterError, isSessionError } from '../errors.ts'
import { grantCommand } from './permission.ts'

/**
 * An error of the cluster as one of ours; any other error as it is.
 * @param server the API server, where one was asked: named where the error does not name it
 */
export function toSessionError(error: unknown, doing: string, server?: string): unknown {
  if (isSessionError(error) && error.name === 'DeadlineExceeded' && server !== undefined) {
    const { suggestion } = error
    return new DeadlineExceeded(`${error.message} from the API server ${server}`, { cause: error, suggestion })
  }
  if (!isKubeError(error)) return error
  const whose = server !== undefined && isAboutServer(error) ? `the API server ${server} answers: ` : ''
  return new ClusterError(`${doing}: ${whose}${error.message}`, { cause: error, suggestion: suggest(error) })
}

/** Whether the API server as a whole fails, or takes us for nobody, rather than that it refuses one object. */
function isAboutServer(error: KubeError): boolean {
  if (!isApiError(error)) return false
  const { code }: ApiError = error
  return code === 401 || code === 429 || code >= 500
}

function suggest(error: KubeError): string | undefined {
  const grant = isApiError(error, 'Forbidden') ? grantCommand(error.message) : undefined
  if (grant !== undefined) return grant
  if (error.suggestion !== undefined) return error.suggestion
  const failing = isApiError(error) && (error.code === 429 || error.code >= 500)
  if (failing || error.name === 'ConnectionError' || error.name === 'TimeoutError') {
    return 'check the cluster: kubectl cluster-info'
  }
  return undefined
}
