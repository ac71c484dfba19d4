const brand = Symbol.for('kubectl-gc/failed-with')

/** An error of a command for which exit code 1 means something else, such as that there are differences. */
export class FailedWith extends Error {
  readonly [brand] = true
  readonly exitCode: number
  constructor(exitCode: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'FailedWith'
    this.exitCode = exitCode
  }
}

export function isFailedWith(error: unknown): error is FailedWith {
  return typeof error === 'object' && error !== null && brand in error
}
