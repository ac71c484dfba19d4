import { lstatSync, mkdirSync } from 'node:fs'

/** Bytes that the path of a socket may have, on every system. */
const LONGEST_PATH = 100

/**
 * The folder that holds the sockets of this user's brokers: `kubectl-gc` in XDG_RUNTIME_DIR, else in /tmp with the
 * user's number. Undefined where there can be no broker: on Windows, or where the path is too long for a socket.
 */
export function brokerDirectory(env: NodeJS.ProcessEnv): string | undefined {
  const uid = process.getuid?.()
  if (uid === undefined || process.platform === 'win32') return undefined
  const own = env.XDG_RUNTIME_DIR
  const directory = own?.startsWith('/') ? `${own}/kubectl-gc` : `/tmp/kubectl-gc-${uid}`
  return Buffer.byteLength(socketPath(directory, ''.padEnd(KEY_LENGTH + PID_LENGTH))) < LONGEST_PATH
    ? directory
    : undefined
}

/** Characters of a dot and a process number. */
const PID_LENGTH = 8

/** Characters of a broker's key. */
export const KEY_LENGTH = 24

export function socketPath(directory: string, key: string): string {
  return `${directory}/${key}.sock`
}

/** Whether the folder is there, a real one, ours, and nobody else's to look into. */
export function isPrivate(directory: string): boolean {
  const stats = lstatSync(directory, { throwIfNoEntry: false })
  return stats?.isDirectory() === true && stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0
}

/** Makes the folder where it is missing. False when what is there cannot be trusted. */
export function makeDirectory(directory: string): boolean {
  try {
    mkdirSync(directory, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
  }
  return isPrivate(directory)
}
