import { UsageError } from '../errors/usage.ts'

/** One end of a copy: a path here, or in a session. */
export interface Place {
  /** undefined: here. */
  session: string | undefined
  path: string
}

/**
 * Where the colon between a session and a path stands; -1: this is a path here. What begins with `/` or `.` is one,
 * whatever colons it holds, and so is a drive of Windows.
 */
export function separatorIn(text: string, platform: NodeJS.Platform = process.platform): number {
  const isDrive = platform === 'win32' && /^[A-Za-z]:[\\/]/.test(text)
  return isDrive || /^[./]/.test(text) ? -1 : text.indexOf(':')
}

/**
 * Reads `PATH` or `SESSION:PATH`.
 * @throws {UsageError} a part of it is missing
 */
export function parsePlace(text: string, platform: NodeJS.Platform = process.platform): Place {
  const colon = separatorIn(text, platform)
  if (colon === -1) {
    if (text !== '') return { session: undefined, path: text }
  } else if (colon > 0 && colon < text.length - 1) {
    return { session: text.slice(0, colon), path: text.slice(colon + 1) }
  }
  throw new UsageError(
    `${JSON.stringify(text)} is neither PATH nor SESSION:PATH`,
    'kubectl gc cp mayor:/path/in/session ./here',
  )
}
