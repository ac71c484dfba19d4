import { ConfigError } from '../errors.ts'
import type { ClientOptions } from '../options.ts'
import type { Cluster, Context, Kubeconfig, User } from './kubeconfig.ts'

/** The stanzas that make an identity. */
export interface Selection {
  /** The context's name; undefined when cluster, user or server were named without one. */
  name: string | undefined
  context: Context
  cluster: Cluster
  user: User
}

/**
 * Picks the context, cluster and user that the options name, else the current context's.
 * @throws {ConfigError} a name is not in the kubeconfig, or there is no current context to fall back to
 */
export function selectContext(config: Kubeconfig, options: ClientOptions, files: string[]): Selection {
  const name = options.context ?? config['current-context']
  const context = name === undefined ? {} : contextNamed(config, name, files)
  const clusterName = options.cluster ?? context.cluster
  const userName = options.user ?? context.user
  if (clusterName === undefined && options.server === undefined) throw noContext(config, files)
  return {
    name,
    context,
    cluster: clusterName === undefined ? {} : stanza(config.clusters, 'cluster', clusterName, files),
    user: userName ? stanza(config.users, 'user', userName, files) : {},
  }
}

function contextNamed(config: Kubeconfig, name: string, files: string[]): Context {
  const entry = config.contexts?.find((candidate) => candidate.name === name)
  if (entry) return entry.context ?? {}
  throw new ConfigError(`no context "${name}" in ${list(files)}; there are: ${names(config.contexts)}`, {
    suggestion: 'See them with `kubectl config get-contexts`.',
  })
}

function stanza<Key extends 'cluster' | 'user', T>(
  entries: ({ name: string } & { [K in Key]?: T | null })[] | undefined,
  key: Key,
  name: string,
  files: string[],
): T {
  const entry = entries?.find((candidate) => candidate.name === name)
  if (entry) return entry[key] ?? ({} as T)
  throw new ConfigError(`no ${key} "${name}" in ${list(files)}; there are: ${names(entries)}`, {
    suggestion: 'See the kubeconfig with `kubectl config view`.',
  })
}

function noContext(config: Kubeconfig, files: string[]): ConfigError {
  return new ConfigError(`no current context in ${list(files)}; there are: ${names(config.contexts)}`, {
    suggestion: 'Choose one with `kubectl config use-context NAME`, or name one with --context.',
  })
}

const names = (entries: { name: string }[] | undefined) => entries?.map((entry) => entry.name).join(', ') || 'none'
const list = (files: string[]) => files.join(', ') || 'the kubeconfig'
