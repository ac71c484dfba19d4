import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { UsageError } from '../errors/usage.ts'

const NAME = 'kubectl_complete-gc'

/** A file for people and kubectl alike to run: it asks the `kubectl-gc` that is on PATH, and never complains. */
const texts = {
  posix: '#!/bin/sh\nexec kubectl-gc __complete "$@" 2>/dev/null\n',
  windows: '@kubectl-gc __complete %* 2>NUL\r\n',
}

/** The first file on PATH that kubectl would take for this program. */
async function onPath(name: string, { PATH = '', PATHEXT = '.COM;.EXE;.BAT;.CMD' }: NodeJS.ProcessEnv) {
  const endings = process.platform === 'win32' ? PATHEXT.split(';') : ['']
  const places = PATH.split(delimiter).filter((folder) => folder !== '')
  for (const file of places.flatMap((folder) => endings.map((ending) => join(folder, name + ending)))) {
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file
  }
  return undefined
}

/**
 * Sees to it that kubectl finds the program that it asks for completions, beside `kubectl-gc` where nothing else is said.
 * @returns its path, and whether it had to be made
 * @throws {UsageError} there is no folder that it could be put into, or none that may be written
 */
export async function installCompletion(
  env: NodeJS.ProcessEnv,
  folder: string | undefined,
): Promise<{ path: string; isNew: boolean }> {
  const found = folder === undefined ? await onPath(NAME, env) : undefined
  if (found !== undefined) return { path: found, isNew: false }
  const own = await onPath('kubectl-gc', env)
  if (own === undefined)
    throw new UsageError('kubectl-gc is not on PATH, so that kubectl finds no completion of it', hint)
  const windows = process.platform === 'win32'
  const path = join(folder ?? dirname(own), windows ? `${NAME}.cmd` : NAME)
  await write(path, windows ? texts.windows : texts.posix)
  return { path, isNew: true }
}

const hint = 'put the folder with kubectl-gc on PATH'

async function write(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  try {
    await writeFile(draft, text, { mode: 0o755, flag: 'wx' })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    const why = error instanceof Error ? error.message : String(error)
    const next = 'kubectl gc completion install --dir with a folder on PATH that you may write to'
    throw new UsageError(`cannot write ${path}: ${why}`, next, error)
  }
}
