import { access, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LabError } from './errors.ts'
import type { Folder } from './folder.ts'
import type { Progress } from './progress.ts'
import { buildProgram, type Program } from './recipes.ts'
import type { Shell } from './shell.ts'

/** Names a folder of prebuilt programs, or a .tar.zst of one. */
const programsVariable = 'KUBECTL_GC_LAB_PROGRAMS'

/**
 * Sees to it that the programs are in the lab's folder: linked from the folder or unpacked from the archive that
 * KUBECTL_GC_LAB_PROGRAMS names, and those that it lacks built from pinned Go modules. What is there already stays.
 * @throws {LabError} KUBECTL_GC_LAB_PROGRAMS names nothing that exists
 */
export async function ensurePrograms(
  folder: Folder,
  progress: Progress,
  names: readonly Program[],
  source = process.env[programsVariable],
): Promise<void> {
  await mkdir(folder.programs, { recursive: true })
  if (source) await provide(folder, progress, resolve(source))
  for (const name of names) {
    if (await exists(join(folder.programs, name))) continue
    await progress.step(`build ${name}`, async (shell) => {
      const fresh = join(folder.programs, '.fresh')
      await buildProgram(shell, name, fresh)
      await rename(join(fresh, name), join(folder.programs, name))
    })
  }
}

async function provide(folder: Folder, progress: Progress, source: string): Promise<void> {
  const stampFile = join(folder.programs, '.source')
  const stamp = await sourceStamp(source)
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return
  await progress.step('programs', async (shell) => {
    const fresh = join(folder.programs, '.fresh')
    await rm(fresh, { recursive: true, force: true })
    await mkdir(fresh)
    await ((await stat(source)).isDirectory() ? link(source, fresh) : unpack(shell, source, fresh))
    for (const name of await readdir(fresh)) await rename(join(fresh, name), join(folder.programs, name))
    await rm(fresh, { recursive: true })
    await writeFile(stampFile, stamp)
  })
}

/** A text that changes when the folder or archive does: its path, size and time of change. */
export async function sourceStamp(source: string): Promise<string> {
  const found = await stat(source).catch((cause: unknown) => {
    throw new LabError(`${programsVariable} names ${source}, which cannot be read. Correct it, or unset it to build.`, {
      cause,
    })
  })
  const kind = found.isDirectory() ? 'folder' : `archive of ${found.size} bytes`
  return `${source}\n${kind}\n${Math.floor(found.mtimeMs)}\n`
}

async function link(source: string, target: string): Promise<void> {
  for (const name of await readdir(source)) {
    if (!name.startsWith('.')) await symlink(join(source, name), join(target, name))
  }
}

async function unpack(shell: Shell, archive: string, target: string): Promise<void> {
  await shell.pipe(['zstd', '-dc', '--long=27', archive], ['tar', '-x', '--no-same-owner', '-C', target])
}

/** Whether something is at the path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
