import type { Status } from './objects.ts'

const brand = Symbol.for('@kubectl-gc/kube/error')

/** The root of every error of this package. */
export class KubeError extends Error {
  /** Written out, since callers compare it and minifiers rename classes. */
  static override readonly name: string = 'KubeError'

  readonly [brand] = true
  /** What the user can do next, a sentence or a command. */
  readonly suggestion: string | undefined
  constructor(message: string, options: { cause?: unknown; suggestion?: string | undefined } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.suggestion = options.suggestion
  }
}

/** Tells our errors by their brand, which holds across copies of this package, where `instanceof` does not. */
export function isKubeError(error: unknown): error is KubeError {
  return typeof error === 'object' && error !== null && brand in error
}

/** The API server answered with an error. `code` is the HTTP status, `reason` Kubernetes' word for it. */
export class ApiError extends KubeError {
  static override readonly name: string = 'ApiError'

  readonly code: number
  readonly reason: string
  readonly status: Status
  constructor(status: Status & { code: number }, options: { cause?: unknown; suggestion?: string | undefined } = {}) {
    super(status.message ?? `the API server answered ${status.code}`, options)
    this.status = status
    this.code = status.code
    this.reason = status.reason ?? 'Unknown'
  }
}

export function isApiError(error: unknown, reason?: string): error is ApiError {
  return (
    isKubeError(error) && error.name === 'ApiError' && (reason === undefined || (error as ApiError).reason === reason)
  )
}

/** No answer could be had: refused, reset, no route, name not found, certificate not trusted. */
export class ConnectionError extends KubeError {
  static override readonly name: string = 'ConnectionError'

  /** The request may have left before the connection was lost, so a write may have been carried out. */
  readonly sent: boolean
  constructor(
    message: string,
    options: { cause?: unknown; suggestion?: string | undefined; sent?: boolean | undefined } = {},
  ) {
    super(message, options)
    this.sent = options.sent ?? false
  }
}

/** The answer did not come in time. The request may have been carried out. */
export class TimeoutError extends KubeError {
  static override readonly name: string = 'TimeoutError'
}

/** The stream ended before the final status, so the outcome is unknown. */
export class StreamCutError extends KubeError {
  static override readonly name: string = 'StreamCutError'
}

/** A port of a pod could not be reached from its node: nobody listens there, or the pod is going. */
export class PortForwardError extends KubeError {
  static override readonly name: string = 'PortForwardError'
}

/** The kubeconfig (or the in-cluster files) cannot be read, or names what it does not have. */
export class ConfigError extends KubeError {
  static override readonly name: string = 'ConfigError'
}

/** An exec credential plugin failed. */
export class CredentialError extends KubeError {
  static override readonly name: string = 'CredentialError'
}

/** The server speaks another protocol than this client. */
export class ProtocolError extends KubeError {
  static override readonly name: string = 'ProtocolError'
}
