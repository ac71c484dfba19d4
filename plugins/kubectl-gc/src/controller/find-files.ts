import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { UsageError } from '../errors/usage.ts'
import type { LeavesOut } from './left-out.ts'

/** How many files a pod is given at most, each of them named in its volume. */
const most = 2000

/** A file of a city's folder that has not been read yet. */
export interface FoundFile {
  /** In the folder, with `/` between names. */
  path: string
  /** Bytes. */
  size: number
  executable: boolean
}

/** The files of a folder, and what of it stays behind. */
export interface FoundFiles {
  files: FoundFile[]
  leftOut: string[]
}

/**
 * The files of a city's folder. A link counts as what it points to, as long as that is in the folder.
 * @throws {UsageError} a link that leaves the folder, or what cannot be put into a pod or read
 */
export async function findFiles(root: string, isLeftOut: LeavesOut): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], leftOut: [] }
  const real = await realpath(root)
  await walk({ root: real, isLeftOut, found }, '', [real])
  return found
}

interface Walk {
  root: string
  isLeftOut: LeavesOut
  found: FoundFiles
}

/** @param above where the folder, and those that it was found in, really are; it is the last */
async function walk({ root, isLeftOut, found }: Walk, below: string, above: string[]): Promise<void> {
  const folder = above.at(-1) ?? root
  const entries = await readdir(folder, { withFileTypes: true }).catch(refuse(below || root))
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === '' ? name : `${below}/${name}`
    const left = isLeftOut(path)
    if (left === 'told') found.leftOut.push(path)
    if (left !== undefined) continue
    assertName(path)
    const target = await realpath(join(folder, name)).catch(refuse(path))
    if (target !== join(folder, name)) assertInside(path, { root, above, target })
    const facts = await stat(target).catch(refuse(path))
    if (facts.isDirectory()) await walk({ root, isLeftOut, found }, path, [...above, target])
    else if (!facts.isFile()) found.leftOut.push(path)
    else found.files.push({ path, size: facts.size, executable: (facts.mode & 0o111) !== 0 })
    if (found.files.length > most) throw tooMany(found)
  }
}

/** A link may not lead out of the city, where others' files are, nor to a folder that it is in, which has no end. */
function assertInside(path: string, { root, above, target }: { root: string; above: string[]; target: string }) {
  if (above.includes(target)) {
    throw new UsageError(`${path} is a link to a folder that it is in`, `leave it out: --exclude ${path}`)
  }
  if (target.startsWith(`${root}${sep}`)) return
  const next = `put a copy in its place, or leave it out: --exclude ${path}`
  throw new UsageError(`${path} is a link that leaves the city: it points to ${target}`, next)
}

function assertName(path: string): void {
  if (!/[\p{Cc}\uFFFD]/u.test(path)) return
  const message = `${JSON.stringify(path)} has a control character in its name, or is not UTF-8`
  throw new UsageError(message, 'rename it')
}

function refuse(path: string) {
  return (error: NodeJS.ErrnoException): never => {
    const why = error.code === 'ENOENT' ? 'it points to nothing, or has just gone' : error.code
    throw new UsageError(
      `${path} cannot be read: ${why}`,
      `make it readable, or leave it out: --exclude ${path}`,
      error,
    )
  }
}

/** Names the folder that has most of them, which is seldom meant. */
function tooMany({ files }: FoundFiles): UsageError {
  const counts = new Map<string, number>()
  for (const { path } of files) {
    const folder = dirname(path).split('/').slice(0, 2).join('/')
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  const [[folder, count] = ['.', 0]] = [...counts].sort(([, a], [, b]) => b - a)
  const message = `the city has more than ${most} files, ${count} of them in ${folder}`
  return new UsageError(message, `leave out what gc does not need: --exclude ${folder === '.' ? 'PATTERN' : folder}`)
}
