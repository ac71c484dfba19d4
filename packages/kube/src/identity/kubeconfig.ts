/** The stanzas of a kubeconfig, as far as this package reads them. */
export interface Kubeconfig {
  'current-context'?: string
  clusters?: Named<'cluster', Cluster>[]
  users?: Named<'user', User>[]
  contexts?: Named<'context', Context>[]
}

export type Named<Key extends string, T> = { name: string } & { [K in Key]?: T | null }

export interface Cluster {
  server?: string
  'tls-server-name'?: string
  'insecure-skip-tls-verify'?: boolean
  'certificate-authority'?: string
  'certificate-authority-data'?: string
  'proxy-url'?: string
  extensions?: { name: string; extension?: unknown }[]
}

export interface User {
  'client-certificate'?: string
  'client-certificate-data'?: string
  'client-key'?: string
  'client-key-data'?: string
  token?: string
  tokenFile?: string
  username?: string
  password?: string
  exec?: ExecPlugin
  'auth-provider'?: { name?: string }
  as?: string
  'as-uid'?: string
  'as-groups'?: string[]
  'as-user-extra'?: Record<string, string[]>
}

/** A credential plugin, as kubeconfig's `exec` stanza describes it. */
export interface ExecPlugin {
  apiVersion?: string
  command?: string
  args?: string[] | null
  env?: { name: string; value: string }[] | null
  installHint?: string
  provideClusterInfo?: boolean
  interactiveMode?: 'Never' | 'IfAvailable' | 'Always'
}

export interface Context {
  cluster?: string
  user?: string
  namespace?: string
}

/** Several files as one: for each name, and for the current context, the first file that has it wins. */
export function mergeKubeconfigs(files: Kubeconfig[]): Kubeconfig {
  const merged: Kubeconfig = {
    clusters: firstOfEachName(files.flatMap((file) => file.clusters ?? [])),
    users: firstOfEachName(files.flatMap((file) => file.users ?? [])),
    contexts: firstOfEachName(files.flatMap((file) => file.contexts ?? [])),
  }
  const current = files.map((file) => file['current-context']).find((name) => name)
  if (current !== undefined) merged['current-context'] = current
  return merged
}

function firstOfEachName<T extends { name: string }>(entries: T[]): T[] {
  const byName = new Map<string, T>()
  for (const entry of entries) if (!byName.has(entry.name)) byName.set(entry.name, entry)
  return [...byName.values()]
}
