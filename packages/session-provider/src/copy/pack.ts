import { constants, type Stats } from 'node:fs'
import { lstat, open, readdir, readlink, stat } from 'node:fs/promises'
import { CopyFailed, SourceNotFound } from '../errors.ts'
import { END_OF_ARCHIVE, padding, tarHeader } from './tar-header.ts'

/** A file or a folder to put into an archive. */
export interface PackSource {
  /** A file, or a folder, whose content is packed. A symbolic link here is followed. */
  path: string
  /** Its name in the archive; for a folder, '' puts its content at the top. Segments are divided by `/`. */
  as: string
  /** Leaves out an entry, and what is below it. Gets the entry's path below `path`. */
  exclude?: ((relative: string) => boolean) | undefined
  /** Packs what symbolic links point to in their place. Default false: they are kept as links. */
  followLinks?: boolean | undefined
  /** Told of what below `path` cannot be read; it is left out then. Default: that is an error. */
  onUnreadable?: ((error: CopyFailed) => void) | undefined
}

const CHUNK = 256 * 1024
const SLASH = Buffer.from('/')

/** One entry that is being packed. Paths are bytes, so that a name that is no UTF-8 is found again. */
interface Place {
  path: Buffer
  name: Buffer
  relative: string
  /** Folders that it lies in, to leave a circle of followed links. */
  above: readonly string[]
}

/**
 * A tar archive of files and folders, in pieces, reading no faster than it is consumed. Permissions, times, symbolic
 * links, empty folders and names of any bytes are kept; owners are not; sockets, pipes and devices are left out.
 * A folder comes before what is in it and again after. What is removed while its folder is read is left out.
 * @throws {SourceNotFound} a source is not there
 * @throws {CopyFailed} something cannot be read, or became shorter while it was
 */
export async function* pack(sources: Iterable<PackSource>): AsyncGenerator<Buffer> {
  for (const source of sources) {
    const top = await findSource(source.path)
    const name = source.as.replace(/^\/+|\/+$/g, '')
    yield* packEntry(source, { path: Buffer.from(source.path), name: Buffer.from(name), relative: '', above: [] }, top)
  }
  yield END_OF_ARCHIVE
}

async function* packEntry(source: PackSource, place: Place, found: Stats): AsyncGenerator<Buffer> {
  const { path, name } = place
  const mode = found.mode & 0o7777
  const mtime = found.mtimeMs / 1000
  if (found.isFile()) {
    yield* packFile(source, place)
  } else if (found.isDirectory()) {
    const folder = { type: 'directory', size: 0, mtime } as const
    // busybox gives permissions only to a folder that it makes, and cannot fill one that nobody may write to.
    if (name.length > 0) yield tarHeader(name, { ...folder, mode: mode | 0o700 })
    yield* packContent(source, place, found)
    if (name.length > 0) yield tarHeader(name, { ...folder, mode })
  } else if (found.isSymbolicLink()) {
    const target = await below(source, place, () => readlink(path, 'buffer'))
    if (target !== undefined) yield tarHeader(name, { type: 'symlink', mode: 0o777, size: 0, mtime, target })
  }
}

async function* packContent(source: PackSource, place: Place, folder: Stats): AsyncGenerator<Buffer> {
  const above = [...place.above, `${folder.dev}:${folder.ino}`]
  for (const entry of (await below(source, place, () => readdir(place.path, 'buffer'))) ?? []) {
    const relative = place.relative === '' ? entry.toString() : `${place.relative}/${entry}`
    if (source.exclude?.(relative) === true) continue
    const path = Buffer.concat([place.path, SLASH, entry])
    const name = place.name.length === 0 ? entry : Buffer.concat([place.name, SLASH, entry])
    const inside = { path, name, relative, above }
    const found = await below(source, inside, () => look(path, source.followLinks === true, above))
    if (found !== undefined) yield* packEntry(source, inside, found)
  }
}

/** A link that leads nowhere, or back to a folder above it, stays a link. */
async function look(path: Buffer, followLinks: boolean, above: readonly string[]): Promise<Stats> {
  const found = await lstat(path)
  if (!followLinks || !found.isSymbolicLink()) return found
  const behind = await stat(path).catch(() => found)
  return above.includes(`${behind.dev}:${behind.ino}`) ? found : behind
}

async function* packFile(source: PackSource, place: Place): AsyncGenerator<Buffer> {
  const { path, name, relative } = place
  const followLinks = source.followLinks === true || relative === ''
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (followLinks ? 0 : constants.O_NOFOLLOW)
  const file = await below(source, place, () => open(path, flags))
  if (file === undefined) return
  try {
    const { mode, mtimeMs, size } = await reading(path, () => file.stat())
    yield tarHeader(name, { type: 'file', mode: mode & 0o7777, size, mtime: mtimeMs / 1000 })
    for (let position = 0; position < size; ) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size - position))
      const { bytesRead } = await reading(path, () => file.read(chunk, 0, chunk.length, position))
      if (bytesRead === 0) throw new CopyFailed(`"${path}" became shorter while it was copied`)
      position += bytesRead
      yield chunk.subarray(0, bytesRead)
    }
    yield padding(size)
  } finally {
    await file.close()
  }
}

/** Whether the source is a folder, links followed. @throws {SourceNotFound} */
export async function isFolder(path: string): Promise<boolean> {
  return (await findSource(path)).isDirectory()
}

async function findSource(path: string): Promise<Stats> {
  try {
    return await stat(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(path, error)
    throw new SourceNotFound(`there is no "${path}" to copy`, { cause: error })
  }
}

/** Reads what was found below a source; undefined: it is left out. */
async function below<T>(
  source: PackSource,
  { path, relative }: Place,
  action: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await action()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && relative !== '') return undefined
    const failure = unreadable(path.toString(), error)
    if (source.onUnreadable === undefined) throw failure
    source.onUnreadable(failure)
    return undefined
  }
}

async function reading<T>(path: Buffer, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw unreadable(path.toString(), error)
  }
}

function unreadable(path: string, error: unknown): CopyFailed {
  return new CopyFailed(`cannot read "${path}": ${(error as Error).message}`, { cause: error })
}
