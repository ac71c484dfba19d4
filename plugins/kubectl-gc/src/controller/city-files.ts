import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CityFile } from '@kubectl-gc/manifests'
import { CITY_FILE } from '../city/find.ts'
import { UsageError } from '../errors/usage.ts'
import { size } from '../output/size.ts'
import { type FoundFile, findFiles } from './find-files.ts'
import { leavesOut } from './left-out.ts'

/** What a ConfigMap can hold: the API server's limit. */
const capacity = 1024 * 1024

/** A city's folder as it is put into the cluster. */
export interface CityFiles {
  files: CityFile[]
  /** Bytes. */
  size: number
  /** What stayed behind, and people may miss. */
  leftOut: string[]
}

/**
 * Reads a city's folder, as far as its controller needs it.
 * @param exclude patterns of what else stays behind
 * @throws {UsageError} it is more than a ConfigMap holds, or something in it cannot be used
 */
export async function readCityFiles(root: string, exclude: readonly string[]): Promise<CityFiles> {
  const { files: found, leftOut } = await findFiles(root, leavesOut(exclude))
  if (!found.some(({ path }) => path === CITY_FILE)) throw new UsageError(`${CITY_FILE} cannot be left out`)
  assertFits(found)
  const files: CityFile[] = []
  for (const { path, executable } of found) files.push({ path, executable, content: await contentOf(root, path) })
  return { files, leftOut, size: assertFits(files.map(({ path, content }) => ({ path, size: content.length }))) }
}

/** @returns bytes; the files are listed beside them, one a line, and that takes room too */
function assertFits(files: readonly Pick<FoundFile, 'path' | 'size'>[]): number {
  const total = files.reduce((sum, file) => sum + file.size + Buffer.byteLength(`${file.path}\n`), 0)
  if (total <= capacity) return total
  const largest = files.toSorted((a, b) => b.size - a.size).slice(0, 3)
  const told = largest.map((file) => `${file.path} (${size(file.size)})`).join(', ')
  const message = `the city has ${size(total)}, and a ConfigMap holds ${size(capacity)}; its largest files: ${told}`
  const next = `leave out what gc does not need, and put the rest into the image: --exclude ${largest[0]?.path}`
  throw new UsageError(message, next)
}

async function contentOf(root: string, path: string): Promise<Buffer> {
  try {
    return await readFile(join(root, path))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`${path} cannot be read: ${code}`, `leave it out: --exclude ${path}`, error)
  }
}
