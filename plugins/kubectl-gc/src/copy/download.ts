import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import { CopyFailed, type SessionProvider, SourceNotFound } from '@kubectl-gc/session-provider'
import { extract } from './extract.ts'
import type { CopyProgress } from './upload.ts'

const MISSING = 44
const KIND = `[ -d "$1" ] && echo folder && exit
[ -e "$1" ] || exit ${MISSING}`
const PACK = `command -v tar >/dev/null || { echo 'the image has no tar: add it to the image' >&2; exit 127; }
exec tar "$@"`

/**
 * Copies a file out of a session to a path here, or into it where that is a folder; of a folder, its content into the
 * path. Permissions are kept, owners are not. A file is there whole or not at all.
 * @throws {SourceNotFound} there is nothing to copy
 * @throws {CopyFailed} not all of it came over
 */
export async function download(
  provider: Pick<SessionProvider, 'exec' | 'spawn'>,
  session: string,
  path: string,
  local: string,
  options: CopyProgress,
): Promise<void> {
  const { exitCode, stdout } = await provider.exec(session, ['sh', '-c', KIND, 'gc-copy', path], options)
  if (exitCode === MISSING) throw new SourceNotFound(`session "${session}" has no "${path}"`)
  const fetch = async (argv: string[], folder: string) => {
    const command = ['sh', '-c', PACK, 'gc-copy', ...argv]
    await using running = await provider.spawn(session, command, { stdin: '', signal: options.signal })
    const failure = await extract(running, folder, options)
    options.signal.throwIfAborted()
    if (failure !== undefined) throw new CopyFailed(`cannot copy "${path}" from session "${session}": ${failure}`)
  }
  if (stdout.toString() === 'folder\n') {
    await writing(local, mkdir(local, { recursive: true }))
    return fetch(['-cf', '-', '-C', path, '.'], local)
  }
  const name = posix.basename(path)
  const target = local.endsWith('/') || (await isFolder(local)) ? join(local, name) : local
  await writing(target, mkdir(dirname(target), { recursive: true }))
  const folder = await writing(target, mkdtemp(join(dirname(target), '.kubectl-gc-cp-')))
  try {
    await fetch(['-chf', '-', '-C', posix.dirname(path), '--', name], folder)
    await writing(target, rename(join(folder, basename(name)), target))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true
}

async function writing<T>(target: string, action: Promise<T>): Promise<T> {
  try {
    return await action
  } catch (error) {
    throw new CopyFailed(`cannot write "${target}": ${(error as Error).message}`, { cause: error })
  }
}
