import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '../errors/usage.ts'

/**
 * Writes files under a folder, which is made where there is none, and gives their paths. Files of an earlier rendering
 * are replaced; one that this rendering does not have would be taken for a part of it.
 * @throws {UsageError} the folder holds another file, or cannot be written to
 */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<string[]> {
  const paths = Object.keys(files).map((path) => join(folder, path))
  try {
    await mkdir(folder, { recursive: true })
    const other = (await filesIn(folder)).find((path) => !paths.includes(path))
    if (other !== undefined) throw new UsageError(`${folder} holds another file, ${other}`, 'name an empty folder')
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(error instanceof Error ? error.message : String(error), '--out with another folder', error)
  }
  return paths
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name))
}
