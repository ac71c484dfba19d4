import { basename, posix, resolve } from 'node:path'
import type { SessionProvider } from '@kubectl-gc/session-provider'

export interface CopyProgress {
  signal: AbortSignal
  /** Told how many bytes have come over in all. */
  onProgress: (bytes: number) => void
}

/**
 * Copies a file or a folder from here into a session: to the path, or into it where that is a folder. A path that is not
 * absolute is below the session's workspace.
 * @throws {SourceNotFound} there is nothing to copy
 * @throws {CopyFailed} not all of it arrived
 */
export async function upload(
  provider: Pick<SessionProvider, 'exec' | 'copyTo'>,
  local: string,
  session: string,
  path: string,
  { signal, onProgress }: CopyProgress,
): Promise<void> {
  const { exitCode } = await provider.exec(session, ['sh', '-c', '[ -d "$1" ]', 'gc-copy', path], { signal })
  const target =
    exitCode === 0 || path.endsWith('/') ? posix.join(path, basename(resolve(local))) : posix.normalize(path)
  const root = posix.isAbsolute(path) ? '/' : undefined
  await provider.copyTo(session, local, target, { root, signal, onProgress })
}
