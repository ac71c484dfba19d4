import { UsageError } from '../errors/usage.ts'

/** One end of a copy: a path here, or in a session. */
export interface Place {
  /** undefined: here. */
  session: string | undefined
  path: string
}

/**
 * Reads `PATH` or `SESSION:PATH`. What begins with `/` or `.` is a path, whatever colons it holds, and so is a drive of
 * Windows.
 * @throws {UsageError} a part of it is missing
 */
export function parsePlace(text: string, platform: NodeJS.Platform = process.platform): Place {
  const colon = text.indexOf(':')
  const isDrive = platform === 'win32' && /^[A-Za-z]:[\\/]/.test(text)
  if (colon === -1 || isDrive || /^[./]/.test(text)) {
    if (text !== '') return { session: undefined, path: text }
  } else if (colon > 0 && colon < text.length - 1) {
    return { session: text.slice(0, colon), path: text.slice(colon + 1) }
  }
  throw new UsageError(
    `${JSON.stringify(text)} is neither PATH nor SESSION:PATH`,
    'kubectl gc cp mayor:/path/in/session ./here',
  )
}
