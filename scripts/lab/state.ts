import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Folder } from './folder.ts'
import type { Mode } from './mode.ts'

/** The modes in which the cluster is the lab's own. */
export type OwnMode = Exclude<Mode, 'context'>

/** How the last `up` that ended well made the cluster; undefined when there is none or the file is damaged. */
export async function readState(folder: Folder): Promise<OwnMode | undefined> {
  try {
    const { mode } = JSON.parse(await readFile(folder.state, 'utf8')) as { mode?: unknown }
    return mode === 'public' || mode === 'built' ? mode : undefined
  } catch {
    return undefined
  }
}

/** Remembers how the cluster was made. */
export async function writeState(folder: Folder, mode: OwnMode): Promise<void> {
  await writeFile(`${folder.state}.new`, `${JSON.stringify({ mode })}\n`)
  await rename(`${folder.state}.new`, folder.state)
}

/** From here on there is no cluster that can be relied on. */
export async function forgetState(folder: Folder): Promise<void> {
  await rm(folder.state, { force: true })
}
