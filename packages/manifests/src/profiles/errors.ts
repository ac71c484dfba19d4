const brand = Symbol.for('kubectl-gc/profile')

/** A workload asks of its profile what the profile exists to refuse. */
export class ProfileError extends Error {
  readonly [brand] = true
  constructor(profile: string, workload: string, message: string) {
    super(`${profile} ${workload}: ${message}`)
    this.name = 'ProfileError'
  }
}

export function isProfileError(error: unknown): error is ProfileError {
  return typeof error === 'object' && error !== null && brand in error
}
