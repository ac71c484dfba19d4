const brand = Symbol.for('kubectl-gc/values')

/** One value that cannot be used. */
export interface ValueProblem {
  /** Where: `dolt.storage`, `tolerations[0].key`. */
  path: string
  /** What is wrong with it, and what was expected, or the name that was probably meant. */
  message: string
}

/** Values that a bundle refuses. The message names each by its path. */
export class ValuesError extends Error {
  readonly [brand] = true
  readonly bundle: string
  readonly problems: readonly ValueProblem[]
  constructor(bundle: string, problems: readonly ValueProblem[], cause?: unknown) {
    const told = problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
    super(`values of ${bundle}: ${told}`, cause === undefined ? undefined : { cause })
    this.name = 'ValuesError'
    this.bundle = bundle
    this.problems = problems
  }
}

export function isValuesError(error: unknown): error is ValuesError {
  return typeof error === 'object' && error !== null && brand in error
}
