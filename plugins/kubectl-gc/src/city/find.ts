import { realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../errors/usage.ts'

/** The file that makes a folder a city. */
export const CITY_FILE = 'city.toml'

/** Where a city is looked for. */
export interface Whereabouts {
  /** The folder that was asked for; nothing else is looked at. */
  city?: string | undefined
  env: NodeJS.ProcessEnv
  cwd: string
}

/**
 * The folder of the city: the one that was asked for, by its real path as sessions are told apart by it, else that of GC_CITY, else the current folder or the nearest
 * one above it that has a city.toml. Undefined: there is none.
 * @throws {UsageError} the folder that was asked for is not a city
 */
export async function findCity({ city, env, cwd }: Whereabouts): Promise<string | undefined> {
  if (city !== undefined) {
    const folder = resolve(cwd, city)
    if (await isCity(folder)) return realpath(folder)
    throw new UsageError(
      `${folder} is not a city: it has no ${CITY_FILE}`,
      'name the folder that has one: --city FOLDER',
    )
  }
  if (env.GC_CITY) return (await isCity(env.GC_CITY)) ? resolve(env.GC_CITY) : undefined
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (await isCity(folder)) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** The same, where there must be one. @throws {UsageError} there is none */
export async function cityFolder(where: Whereabouts): Promise<string> {
  const found = await findCity(where)
  if (found !== undefined) return found
  const looked = where.env.GC_CITY ? `GC_CITY (${where.env.GC_CITY})` : `${where.cwd} or a folder above it`
  throw new UsageError(`no ${CITY_FILE} in ${looked}`, 'go to the folder of your city, or name it: --city FOLDER')
}

async function isCity(folder: string): Promise<boolean> {
  const found = await stat(join(folder, CITY_FILE)).catch(() => undefined)
  return found?.isFile() === true
}
