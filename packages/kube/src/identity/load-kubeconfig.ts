import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { ConfigError } from '../errors.ts'
import { type Kubeconfig, mergeKubeconfigs } from './kubeconfig.ts'

/** A merged kubeconfig and the files that it came from, in the order in which they count. */
export interface LoadedKubeconfig {
  config: Kubeconfig
  files: string[]
}

/**
 * Reads the kubeconfig as kubectl does: the explicit path alone (which must exist), else the files that `KUBECONFIG`
 * lists (missing ones are passed over), else `~/.kube/config`. Relative paths in a file resolve against that file.
 * @throws {ConfigError} a file cannot be read or parsed
 */
export async function loadKubeconfig(env: NodeJS.ProcessEnv, explicit?: string): Promise<LoadedKubeconfig> {
  if (explicit !== undefined) return { config: mergeKubeconfigs([await readConfig(explicit)]), files: [explicit] }
  const found: Kubeconfig[] = []
  const files: string[] = []
  for (const path of candidates(env)) {
    const config = await readIfPresent(path)
    if (config === undefined) continue
    found.push(config)
    files.push(path)
  }
  return { config: mergeKubeconfigs(found), files }
}

/** The files that {@link loadKubeconfig} looks for when it is given no path. */
export function candidates(env: NodeJS.ProcessEnv): string[] {
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '')
  return listed.length > 0 ? [...new Set(listed)] : [join(env.HOME || env.USERPROFILE || homedir(), '.kube', 'config')]
}

async function readIfPresent(path: string): Promise<Kubeconfig | undefined> {
  try {
    return await readConfig(path)
  } catch (error) {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined
    if (cause?.code === 'ENOENT' || cause?.code === 'ENOTDIR') return undefined
    throw error
  }
}

async function readConfig(path: string): Promise<Kubeconfig> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(`cannot read the kubeconfig ${path}: ${(cause as Error).message}`, {
      cause,
      suggestion: 'Name one that can be read with KUBECONFIG or --kubeconfig, and check it with `kubectl config view`.',
    })
  }
  const parsed = await parse(text, path)
  if (parsed === null || parsed === undefined) return {}
  if (typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new ConfigError(`the kubeconfig ${path} is not a mapping`, {
      suggestion: 'Check it with `kubectl config view`.',
    })
  }
  return withAbsolutePaths(parsed as Kubeconfig, dirname(resolve(path)))
}

async function parse(text: string, path: string): Promise<unknown> {
  try {
    if (text.trimStart().startsWith('{')) return JSON.parse(text)
    const yaml = await import('./yaml.ts')
    return yaml.parse(text)
  } catch (cause) {
    const suggestion = 'Check it with `kubectl config view`.'
    throw new ConfigError(`cannot parse the kubeconfig ${path}: ${(cause as Error).message}`, { cause, suggestion })
  }
}

function withAbsolutePaths(config: Kubeconfig, directory: string): Kubeconfig {
  const clusters = (config.clusters ?? []).map(({ cluster, ...entry }) => ({
    ...entry,
    cluster: absolute(cluster ?? {}, directory, ['certificate-authority']),
  }))
  const users = (config.users ?? []).map(({ user, ...entry }) => {
    const resolved = absolute(user ?? {}, directory, ['client-certificate', 'client-key', 'tokenFile'])
    const command = resolved.exec?.command
    if (resolved.exec && command !== undefined && /[/\\]/.test(command)) {
      resolved.exec = { ...resolved.exec, command: resolve(directory, command) }
    }
    return { ...entry, user: resolved }
  })
  return { ...config, clusters, users, contexts: config.contexts ?? [] }
}

function absolute<T extends object>(stanza: T, directory: string, keys: (keyof T)[]): T {
  const copy = { ...stanza }
  for (const key of keys) {
    const path = copy[key]
    if (typeof path === 'string' && path !== '') copy[key] = resolve(directory, path) as T[typeof key]
  }
  return copy
}
