import { createHash } from 'node:crypto'
import { type ClientOptions, describeIdentity } from '@kubectl-gc/kube'
import { KEY_LENGTH } from './directory.ts'
import { identityVariables, isSettled, pluginVariables, type Signatures, signatures } from './inputs.ts'
import { remember } from './memo.ts'
import { pluginDigest } from './plugin-digest.ts'

/** Whose requests one broker may carry out. */
export interface BrokerIdentity {
  /** Undefined: only a process at this user's terminal may. */
  key: string | undefined
  /** The API server's URL. */
  server: string
  /** Every file that the key depends on. */
  files: Signatures
  /** The credential plugin may ask, where there is a terminal. */
  mayAsk: boolean
  hasPlugin: boolean
}

/**
 * Reads who a client of this environment would be. Two environments have the same key exactly when their clients reach
 * the same server in the same way with the same credentials.
 * @param options say more than the environment does
 * @throws {ConfigError} the kubeconfig cannot be used
 */
export async function brokerIdentity(env: NodeJS.ProcessEnv, options: ClientOptions = {}): Promise<BrokerIdentity> {
  const context = options.context ?? (env.GC_K8S_CONTEXT || undefined)
  const found = await describeIdentity({ ...options, context, env: pluginVariables(env) })
  const files = signatures([...found.searched, ...found.files, ...found.secretFiles])
  const secrets = found.secretFiles.map((path) => [path, files[path]])
  const roots = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'SSL_CERT_DIR', 'SSL_CERT_FILE']
  const parts = [found.key, secrets, roots.map((name) => env[name] ?? null)]
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, KEY_LENGTH)
  return {
    key: found.plugin === 'Always' ? undefined : key,
    server: found.server,
    files,
    mayAsk: found.plugin === 'IfAvailable',
    hasPlugin: found.plugin !== undefined,
  }
}

/** Notes the identity for the processes that come after this one. False where it may be changing at the moment. */
export function noteIdentity(directory: string, env: NodeJS.ProcessEnv, identity: BrokerIdentity): boolean {
  const { key = null, files, mayAsk, hasPlugin } = identity
  if (!isSettled(files)) return false
  const inputs = identityVariables(env)
  if (hasPlugin) remember(directory, inputs, { deeper: true, files })
  remember(directory, hasPlugin ? inputs + pluginDigest(env) : inputs, { broker: key, mayAsk, files })
  return true
}
