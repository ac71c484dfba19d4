import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readlink, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { UsageError } from '../errors/usage.ts'

/**
 * A hash of a file, or of the names and contents of all files of a folder.
 * @throws {UsageError} it cannot be read
 */
export async function hashOf(path: string, shown: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    if ((await stat(path)).isFile()) {
      for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
      return hash.digest('hex')
    }
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const named = entries.map((entry) => ({ entry, full: join(entry.parentPath, entry.name) }))
    for (const { entry, full } of named.sort((a, b) => (a.full < b.full ? -1 : 1))) {
      hash.update(`\0${relative(path, full)}\0`)
      if (entry.isSymbolicLink()) hash.update(await readlink(full))
      else if (entry.isFile()) for await (const chunk of createReadStream(full)) hash.update(chunk as Buffer)
    }
    return hash.digest('hex')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new UsageError(`${shown} cannot be read: ${code}`, 'make it, or correct the agent that names it', error)
  }
}
