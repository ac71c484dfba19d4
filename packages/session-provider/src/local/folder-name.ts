import { createHash } from 'node:crypto'

const LONGEST_STEM = 12
const HASH_LENGTH = 12

/** Bytes of the longest name that `folderName` gives. */
export const LONGEST_FOLDER_NAME = LONGEST_STEM + 1 + HASH_LENGTH

/**
 * The name of a session's folder: some of the session's name for people to see, and a hash that tells names apart.
 * Short, because the path of tmux's socket in it is limited.
 */
export function folderName(session: string): string {
  const stem = session.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, LONGEST_STEM)
  return `${stem}-${createHash('sha256').update(session).digest('hex').slice(0, HASH_LENGTH)}`
}
