import { createHash } from 'node:crypto'
import type { ClientOptions } from '../options.ts'
import { resolveStanzas } from './identity.ts'
import { impersonationHeaders } from './impersonation.ts'
import { candidates } from './load-kubeconfig.ts'
import { proxyFor } from './proxy.ts'

/** Who a client of these options would be, without making one. */
export interface IdentityDescription {
  /**
   * The same for two sets of options exactly when their clients would reach the same server in the same way as the
   * same user: a hash of server, authority, user stanza, impersonation, proxy, and the environment where a credential
   * plugin sees it. Never of a context's name. Holds no secret.
   */
  key: string
  server: string
  context: string | undefined
  namespace: string | undefined
  /** The kubeconfig files that were read; when one changes, so may the identity. Empty in a cluster. */
  files: string[]
  /** The kubeconfig files that were looked for, there or not. */
  searched: string[]
  /** The files that the stanzas name: authority, client certificate and key, token. Their content is not in the key. */
  secretFiles: string[]
  /** A credential plugin that may ask the user, so that it must run where the user is. */
  interactive: boolean
  /** How the user's credential plugin wants to be run; undefined: there is none. */
  plugin: 'Never' | 'IfAvailable' | 'Always' | undefined
}

const volatile = /^(_|SHLVL|PWD|OLDPWD|TERM|COLUMNS|LINES|SSH_.*|TMUX.*|WINDOWID|npm_.*)$/

/**
 * Tells apart identities, for those who share clients between callers.
 * @throws {ConfigError} as `createClient` does for a configuration that cannot be used
 */
export async function describeIdentity(options: ClientOptions = {}): Promise<IdentityDescription> {
  const env = options.env ?? process.env
  const { selection, files, server } = await resolveStanzas(options, env)
  const { cluster, user, context, name } = selection
  const { server: _server, ...clusterRest } = cluster
  const parts = {
    server: server.href,
    cluster: clusterRest,
    insecure: options.insecureSkipTlsVerify,
    user,
    token: options.token,
    impersonation: impersonationHeaders(options, user),
    proxy: proxyFor(server, env, cluster['proxy-url'])?.href,
    env: user.exec
      ? Object.entries(env)
          .filter(([key]) => !volatile.test(key))
          .sort()
      : [],
  }
  const secretFiles = [
    cluster['certificate-authority'],
    user['client-certificate'],
    user['client-key'],
    user.tokenFile,
  ].filter((path): path is string => path !== undefined && path !== '')
  const plugin = user.exec === undefined ? undefined : (user.exec.interactiveMode ?? 'IfAvailable')
  return {
    key: createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
    server: server.href.replace(/\/$/, ''),
    context: name,
    namespace: options.namespace ?? context.namespace,
    files,
    searched: options.kubeconfig === undefined ? candidates(env) : [options.kubeconfig],
    secretFiles,
    interactive: plugin !== undefined && plugin !== 'Never',
    plugin,
  }
}
