const brand = Symbol.for('kubectl-gc/usage')

/** The command line cannot be carried out as it was typed. */
export class UsageError extends Error {
  readonly [brand] = true
  readonly suggestion: string | undefined
  constructor(message: string, suggestion?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'UsageError'
    this.suggestion = suggestion
  }
}

export function isUsageError(error: unknown): error is UsageError {
  return typeof error === 'object' && error !== null && brand in error
}
