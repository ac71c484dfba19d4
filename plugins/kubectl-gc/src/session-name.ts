import { assertSessionName } from '@kubectl-gc/session-provider'

/** The name, once it is known to be one. @throws {InvalidSessionName} */
export function sessionName(name: string): string {
  assertSessionName(name)
  return name
}
