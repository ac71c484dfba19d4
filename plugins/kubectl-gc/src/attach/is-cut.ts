import { type ApiError, isApiError, isKubeError } from '@kubectl-gc/kube'

const cuts = ['StreamCutError', 'ConnectionError', 'TimeoutError']

/** Whether an error is of the connection, so that the session may well be there when it is made again. */
export function isCut(error: unknown): boolean {
  if (isApiError(error)) {
    const { code }: ApiError = error
    return code === 429 || code >= 500
  }
  if (isKubeError(error)) return cuts.includes(error.name)
  if (!(error instanceof Error)) return false
  return error.name === 'DeadlineExceeded' || isCut(error.cause)
}
