import { InvalidSessionName } from '../errors.ts'

const LONGEST_NAME = 253

/**
 * Refuses what cannot be a session's name: gc's names are paths and identifiers, so 1 to 253 printable ASCII
 * characters without spaces hold them all.
 * @throws {InvalidSessionName}
 */
export function assertSessionName(name: string): void {
  const suggestion = 'use 1 to 253 letters, digits, "-", "_", "." and "/"'
  if (name === '') throw new InvalidSessionName('a session name must not be empty', { suggestion })
  if (name.length > LONGEST_NAME) {
    const message = `session name "${name.slice(0, 20)}..." has ${name.length} characters, ${LONGEST_NAME} at most are allowed`
    throw new InvalidSessionName(message, { suggestion })
  }
  if (!/^[!-~]+$/.test(name)) {
    throw new InvalidSessionName(`session name "${name}" has a character that is not printable ASCII`, { suggestion })
  }
}
