import { chmod, mkdir, stat } from 'node:fs/promises'
import { homedir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { InvalidArgument } from '../errors.ts'
import { LONGEST_FOLDER_NAME } from './folder-name.ts'
import type { LocalSessionProviderOptions, Settings } from './options.ts'

/** Bytes that the kernel takes for the path of a socket, without the NUL at its end. */
const LONGEST_SOCKET_PATH = 107

/**
 * The options with their defaults.
 * @throws {InvalidArgument} the root is too long for tmux's sockets, or this is not Linux
 */
export function readSettings(options: LocalSessionProviderOptions): Settings {
  if (process.platform !== 'linux') {
    throw new InvalidArgument('sessions on this machine need Linux: they are supervised through /proc', {
      suggestion: 'run sessions on a cluster: kubernetesSessionProvider()',
    })
  }
  const env = options.env ?? process.env
  const state = env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state')
  const root = resolve(options.root ?? join(state, 'kubectl-gc', 'sessions'))
  const longest = Buffer.byteLength(root) + 1 + LONGEST_FOLDER_NAME + Buffer.byteLength(socketIn(''))
  if (longest > LONGEST_SOCKET_PATH) {
    const over = longest - LONGEST_SOCKET_PATH
    throw new InvalidArgument(`the folder "${root}" is ${over} bytes too long to hold tmux's sockets`, {
      suggestion: `pass a shorter root, of ${Buffer.byteLength(root) - over} bytes at most`,
    })
  }
  return { root, workDir: resolve(options.workDir ?? '.'), env }
}

/** tmux's socket in a session's folder. */
export function socketIn(folder: string): string {
  return `${folder}/tmux-${userInfo().uid}/default`
}

/**
 * Makes the root, closed to others.
 * @throws {InvalidArgument} it belongs to another user
 */
export async function makeRoot(root: string): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  const { uid, mode } = await stat(root)
  if (uid !== userInfo().uid) {
    throw new InvalidArgument(`the folder "${root}" belongs to another user`, { suggestion: 'pass a root of your own' })
  }
  if ((mode & 0o077) !== 0) await chmod(root, 0o700)
}
