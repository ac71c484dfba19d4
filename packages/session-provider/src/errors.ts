const brand = Symbol.for('@kubectl-gc/session-provider/error')

interface Details {
  cause?: unknown
  suggestion?: string | undefined
}

/** The root of every error of this package, so that one `catch` of it catches all. */
export class SessionError extends Error {
  /** Written out, since callers compare it and minifiers rename classes. */
  static override readonly name: string = 'SessionError'

  readonly [brand] = true
  /** What the user can do next: a sentence or a command. */
  readonly suggestion: string | undefined
  constructor(message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.suggestion = details.suggestion
  }
}

/** Tells our errors by their brand, which holds across copies of this package, where `instanceof` does not. */
export function isSessionError(error: unknown): error is SessionError {
  return typeof error === 'object' && error !== null && brand in error
}

/** No session of this name is running. */
export class SessionNotFound extends SessionError {
  static override readonly name: string = 'SessionNotFound'

  readonly session: string
  constructor(session: string, details: Details & { why?: string | undefined } = {}) {
    super(`session "${session}" is not running${details.why === undefined ? '' : `: ${details.why}`}`, {
      suggestion: 'see which sessions run: kubectl gc list',
      ...details,
    })
    this.session = session
  }
}

/** A session of this name runs already, or is being started by somebody else. */
export class SessionExists extends SessionError {
  static override readonly name: string = 'SessionExists'

  readonly session: string
  constructor(session: string, details: Details & { pod?: string; what?: string } = {}) {
    const where = details.pod === undefined ? '' : ` (pod ${details.pod})`
    super(`session "${session}" already exists${where}${details.what ?? ''}`, {
      suggestion: `look at it: kubectl gc peek ${session}; or end it first: kubectl gc stop ${session}`,
      ...details,
    })
    this.session = session
  }
}

/** The name cannot be a session's. */
export class InvalidSessionName extends SessionError {
  static override readonly name: string = 'InvalidSessionName'
}

/** An argument or a variable has a value that cannot be used. */
export class InvalidArgument extends SessionError {
  static override readonly name: string = 'InvalidArgument'
}

/** Kubernetes could not run the session. What the start made has been removed. */
export class SessionStartFailed extends SessionError {
  static override readonly name: string = 'SessionStartFailed'

  readonly session: string
  /** Kubernetes' word for it: `ErrImagePull`, `Unschedulable`, `Forbidden`, `Error`. */
  readonly reason: string
  /** What the agent printed before it ended, where it got that far. */
  readonly output: string
  constructor(session: string, reason: string, message: string, details: Details & { output?: string } = {}) {
    super(`session "${session}" did not start: ${message}`, details)
    this.session = session
    this.reason = reason
    this.output = details.output ?? ''
  }
}

/** The stream was cut before the answer: the command may or may not have been carried out. */
export class OutcomeUnknown extends SessionError {
  static override readonly name: string = 'OutcomeUnknown'
}

/** tmux answered with an error. */
export class TmuxError extends SessionError {
  static override readonly name: string = 'TmuxError'
}

/** The cluster could not be asked, or refused. `cause` is the error of `@kubectl-gc/kube`. */
export class ClusterError extends SessionError {
  static override readonly name: string = 'ClusterError'
}

/** A copy was not completed: something could not be read, sent or written. What had arrived by then stays. */
export class CopyFailed extends SessionError {
  static override readonly name: string = 'CopyFailed'
}

/** What is to be copied is not there. */
export class SourceNotFound extends CopyFailed {
  static override readonly name: string = 'SourceNotFound'
}
