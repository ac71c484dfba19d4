import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, posix, resolve } from 'node:path'
import type { PackSource } from '../copy/pack.ts'
import { InvalidArgument } from '../errors.ts'
import type { CopyFile, StartConfig } from '../provider.ts'
import { directory, type PodPaths } from './pod-paths.ts'

/** What a pod gets before its agent begins. */
export interface StagingPlan {
  /** For the workspace. A later one goes over an earlier one. */
  sources: PackSource[]
  /** The city to make the workspace one of; undefined: there is none on this side. */
  city: string | undefined
  /** Shell commands to run in the agent's directory. */
  preStart: string[]
}

/**
 * Looks which of the folders and files that a start names are there: one that is not is left out, and told of where
 * it is one of `copyFiles`. What in the work directory cannot be read is left out, and told of. An image that holds the workspace gets no files.
 * @throws {InvalidArgument} a copy's destination is not below the workspace
 */
export async function planStaging(
  config: StartConfig,
  paths: PodPaths,
  options: { prebaked: boolean; onWarning: (warning: string) => void },
): Promise<StagingPlan> {
  const copies = (config.copyFiles ?? []).map((copy) => ({ copy, target: targetOf(copy) }))
  const preStart = (config.preStart ?? []).map((command) => paths.inCommand(command))
  if (options.prebaked) return { sources: [], city: undefined, preStart }
  const sources: PackSource[] = []
  const onUnreadable = ({ message }: Error) => options.onWarning(`work_dir warning: ${message}`)
  const { workDir = '' } = config
  if (
    workDir !== '' &&
    directory(workDir) !== paths.city &&
    !isShared(workDir) &&
    (await kindOf(workDir)) === 'folder'
  ) {
    sources.push({ path: workDir, as: posix.relative(paths.root, paths.workDir), onUnreadable })
  }
  for (const path of [...(config.packOverlayDirs ?? []), config.overlayDir ?? '']) {
    if (path !== '' && (await kindOf(path)) === 'folder') sources.push({ path, as: '' })
  }
  for (const { copy, target } of copies) {
    const kind = await kindOf(copy.src)
    if (kind === undefined) options.onWarning(`copy_files warning: there is no ${copy.src}`)
    else sources.push({ path: copy.src, as: target === '' && kind === 'file' ? basename(copy.src) : target })
  }
  const { city } = paths
  return { sources, city: city !== undefined && (await kindOf(city)) === 'folder' ? city : undefined, preStart }
}

/** Whether it is everybody's, and so nobody's work: the root of all files, or where programs put what they soon remove. */
function isShared(path: string): boolean {
  return ['/', '/tmp', resolve(tmpdir())].includes(resolve(path))
}

/** Whether there is anything for which the agent must wait. */
export function isEmpty({ sources, city, preStart }: StagingPlan): boolean {
  return sources.length === 0 && city === undefined && preStart.length === 0
}

function targetOf({ src, relDst = '' }: CopyFile): string {
  const target = posix.normalize(`./${relDst}`).replace(/\/+$/, '')
  if (target === '..' || target.startsWith('../')) {
    throw new InvalidArgument(`copy_files: the destination "${relDst}" of ${src} leads out of the workspace`)
  }
  return target === '.' ? '' : target
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() ? 'folder' : found?.isFile() ? 'file' : undefined
}
