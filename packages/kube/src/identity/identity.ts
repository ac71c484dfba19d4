import { ConfigError } from '../errors.ts'
import type { ClientOptions } from '../options.ts'
import { type CredentialSource, pem, storedCredentials } from './credentials.ts'
import { impersonationHeaders } from './impersonation.ts'
import { inCluster } from './in-cluster.ts'
import type { Cluster, User } from './kubeconfig.ts'
import { candidates, loadKubeconfig } from './load-kubeconfig.ts'
import { proxyFor } from './proxy.ts'
import { type Selection, selectContext } from './select-context.ts'

/** Everything that a connection to one API server as one user needs. */
export interface Identity {
  server: URL
  context: string | undefined
  namespace: string | undefined
  tls: { ca: string | undefined; verify: boolean; serverName: string | undefined }
  proxy: URL | undefined
  /** Sent with every request: impersonation. */
  headers: Record<string, string | string[]>
  credentials: CredentialSource
}

/** Reads the kubeconfig, or the pod's service account, and makes one identity of it and the options. */
export async function resolveIdentity(options: ClientOptions): Promise<Identity> {
  const env = options.env ?? process.env
  const { selection, server } = await resolveStanzas(options, env)
  const { name, context, cluster, user } = selection
  const insecure = options.insecureSkipTlsVerify ?? cluster['insecure-skip-tls-verify'] ?? false
  const ca = insecure
    ? undefined
    : await pem(cluster['certificate-authority-data'], cluster['certificate-authority'], 'certificate authority')
  return {
    server,
    context: name,
    namespace: options.namespace ?? context.namespace,
    tls: { ca, verify: !insecure, serverName: cluster['tls-server-name'] },
    proxy: proxyFor(server, env, cluster['proxy-url']),
    headers: impersonationHeaders(options, user),
    credentials: await credentialsOf(options, user, { ...cluster, server: server.href }, ca, env),
  }
}

/** The stanzas that the options choose, the server that they lead to, and the files that they come from. */
export async function resolveStanzas(options: ClientOptions, env: NodeJS.ProcessEnv) {
  const { selection: selected, files } = await select(options, env)
  const selection = withOptions(selected, options)
  return { selection, files, server: serverUrl(options.server ?? selection.cluster.server, selection.name) }
}

/** What options say of the server's certificate and of ours goes before the stanzas. */
function withOptions(selection: Selection, options: ClientOptions): Selection {
  const { certificateAuthority, tlsServerName, clientCertificate, clientKey } = options
  const cluster = { ...selection.cluster }
  const user = { ...selection.user }
  if (certificateAuthority !== undefined) {
    delete cluster['certificate-authority-data']
    cluster['certificate-authority'] = certificateAuthority
  }
  if (tlsServerName !== undefined) cluster['tls-server-name'] = tlsServerName
  if (clientCertificate !== undefined) {
    delete user['client-certificate-data']
    user['client-certificate'] = clientCertificate
  }
  if (clientKey !== undefined) {
    delete user['client-key-data']
    user['client-key'] = clientKey
  }
  return { ...selection, cluster, user }
}

async function select(
  options: ClientOptions,
  env: NodeJS.ProcessEnv,
): Promise<{ selection: Selection; files: string[] }> {
  const { config, files } = await loadKubeconfig(env, options.kubeconfig)
  const asked = [options.kubeconfig, options.context, options.cluster, options.user, options.server]
  const empty = !config.clusters?.length && !config.contexts?.length
  if (empty && asked.every((option) => option === undefined)) {
    const pod = await inCluster(env)
    if (pod) return { selection: pod, files }
    throw new ConfigError(`no kubeconfig at ${candidates(env).join(', ')}, and not inside a cluster`, {
      suggestion: 'Set KUBECONFIG, pass --kubeconfig, or create a cluster (`kind create cluster` writes a kubeconfig).',
    })
  }
  return { selection: selectContext(config, options, files), files }
}

function serverUrl(text: string | undefined, context: string | undefined): URL {
  const where = context === undefined ? 'the kubeconfig' : `the context "${context}"`
  const url = text ? URL.parse(text.includes('://') ? text : `https://${text}`) : null
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url
  throw new ConfigError(text ? `${where} has an unusable server URL: ${text}` : `${where} names no server`, {
    suggestion: 'Check the cluster with `kubectl config view --minify`.',
  })
}

async function credentialsOf(
  options: ClientOptions,
  user: User,
  cluster: Cluster,
  ca: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<CredentialSource> {
  if (options.token !== undefined) {
    const { tokenFile: _file, username: _name, ...rest } = user
    return storedCredentials({ ...rest, token: options.token })
  }
  if (user.exec && !user.token && !user.tokenFile && user.username === undefined) {
    const { execCredentials } = await import('./exec-plugin.ts')
    return execCredentials(user.exec, cluster, ca, env, await storedCredentials(user).current())
  }
  return storedCredentials(user)
}
