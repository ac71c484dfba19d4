import { open } from 'node:fs/promises'
import { UsageError } from '../errors/usage.ts'

/** Name of the archive's first file. */
export const INDEX = 'gc-dolt-backup.json'

const format = 1
const block = 512
const largestIndex = 1024 * 1024

/** What an archive says of itself, in its first file. */
export interface Index {
  format: number
  createdAt: string
  /** By the names of their folders: 0, 1, ... */
  databases: string[]
}

export function indexOf(databases: string[], createdAt: Date): Index {
  return { format, createdAt: createdAt.toISOString(), databases }
}

/**
 * Reads what an archive says that it holds.
 * @throws {UsageError} it cannot be read, or is no backup of this program's
 */
export async function readIndex(file: string): Promise<Index> {
  const beginning = await readBeginning(file)
  const notOne = (why: string) => new UsageError(`${file} is no backup of kubectl gc dolt backup: ${why}`)
  // POSIX ustar: the name in the first 100 bytes, the size in octal at 124.
  const name = beginning.toString('utf8', 0, 100).replace(/\0.*$/s, '').replace(/^\.\//, '')
  if (name !== INDEX) throw notOne(`its first file is ${name === '' ? 'missing' : JSON.stringify(name.slice(0, 50))}`)
  const size = Number.parseInt(beginning.toString('latin1', 124, 136), 8)
  try {
    const index = JSON.parse(beginning.toString('utf8', block, block + size)) as Index
    if (index.format !== format) throw notOne(`its format is ${index.format}, and this program knows ${format}`)
    const { databases } = index
    if (!Array.isArray(databases) || databases.some((name) => typeof name !== 'string'))
      throw notOne('it names no databases')
    return index
  } catch (error) {
    if (error instanceof SyntaxError) throw notOne('its index cannot be read')
    throw error
  }
}

async function readBeginning(file: string): Promise<Buffer> {
  try {
    await using handle = await open(file)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(block + largestIndex), 0, block + largestIndex, 0)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    throw new UsageError(`cannot read ${file}: ${(cause as Error).message}`, 'give the path of a backup', cause)
  }
}
