import { isSessionError, SessionError } from '../errors.ts'

/** An error of the operating system as one of ours; any other error as it is. */
export function toSessionError(error: unknown, doing: string): unknown {
  if (isSessionError(error) || !(error instanceof Error) || !('syscall' in error)) return error
  return new SessionError(`${doing}: ${error.message}`, { cause: error, suggestion: suggest(error) })
}

function suggest({ code }: Error & { code?: unknown }): string | undefined {
  if (code === 'EACCES' || code === 'EROFS') return 'pass a root that this user may write'
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'make room on the disk'
  if (code === 'E2BIG') return 'put the command into a file, or pass a smaller environment'
  return undefined
}
