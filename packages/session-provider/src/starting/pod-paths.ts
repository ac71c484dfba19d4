import { posix } from 'node:path'
import type { StartConfig } from '../provider.ts'

/** Where a session's pod has what the starting side has. */
export interface PodPaths {
  /** The city's path on the starting side, plainly written; undefined: the session belongs to no city. */
  city: string | undefined
  /** The pod's copy of the city. */
  root: string
  /** Where the agent starts. */
  workDir: string
  /** The pod's path for a path of the starting side; one that the pod does not have stays as it is. */
  ofPath(path: string): string
  /** A shell command with the city's path replaced, wherever it stands as a whole path or the beginning of one. */
  inCommand(command: string): string
}

/** Characters that go on with a path's last name, so that `/city` is not found in `/city2` or `/old/city`. */
const NAME = String.raw`[\p{L}\p{N}_.~@%+-]`

/**
 * Maps the city to `root`, and the work directory to its place below; one outside the city is `root` itself.
 * @param root absolute path of the workspace in the pod
 */
export function podPaths({ workDir, env = {} }: StartConfig, root: string): PodPaths {
  const city = directory(env.GC_CITY)
  const work = directory(workDir)
  const podWorkDir = (city !== undefined && work !== undefined && below(work, city, root)) || root
  return {
    city,
    root,
    workDir: podWorkDir,
    ofPath(path) {
      const normal = posix.normalize(path)
      const inCity = city === undefined ? undefined : below(normal, city, root)
      return inCity ?? (work === undefined ? undefined : below(normal, work, podWorkDir)) ?? path
    },
    inCommand(command) {
      if (city === undefined) return command
      const escaped = city.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      return command.replace(new RegExp(`(?<!${NAME}|/)${escaped}(?!${NAME})`, 'gu'), () => root)
    },
  }
}

/** An absolute path, plainly written; undefined for any other, and for the root of all files, which is nobody's city. */
export function directory(path: string | undefined): string | undefined {
  if (path === undefined || !posix.isAbsolute(path)) return undefined
  const normal = posix.normalize(path).replace(/\/+$/, '')
  return normal === '' ? undefined : normal
}

function below(path: string, from: string, to: string): string | undefined {
  if (path !== from && !path.startsWith(`${from}/`)) return undefined
  return to + path.slice(from.length).replace(/\/+$/, '')
}
