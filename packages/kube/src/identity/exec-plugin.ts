import { CredentialError } from '../errors.ts'
import type { CredentialSource, Credentials } from './credentials.ts'
import type { Cluster, ExecPlugin } from './kubeconfig.ts'
import { runPlugin } from './run-plugin.ts'

const versions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']
const longestSkew = 60_000

/** What a plugin prints: an ExecCredential with a status. */
interface ExecCredential {
  kind?: string
  apiVersion?: string
  status?: {
    token?: string
    clientCertificateData?: string
    clientKeyData?: string
    expirationTimestamp?: string
  }
}

/**
 * Credentials from a plugin. It runs once however many requests wait for it; its answer is kept until shortly before
 * it expires (a tenth of its life, at most a minute), or until the API server refuses it.
 * @throws {CredentialError} from `current` and `renew`: the plugin failed or its answer is unusable
 */
export function execCredentials(
  plugin: ExecPlugin,
  cluster: Cluster,
  ca: string | undefined,
  env: NodeJS.ProcessEnv,
  base: Credentials = {},
): CredentialSource {
  if (!plugin.apiVersion || !versions.includes(plugin.apiVersion)) {
    throw new CredentialError(`the credential plugin ${plugin.command} speaks ${plugin.apiVersion ?? 'no version'}`, {
      suggestion: `Update the plugin and its kubeconfig stanza to ${versions[0]}.`,
    })
  }
  let held: { credentials: Credentials; until: number } | undefined
  let running: Promise<Credentials> | undefined

  const fetch = async (): Promise<Credentials> => {
    const started = Date.now()
    const output = await runPlugin(plugin, execInfo(plugin, cluster, ca), env)
    const { credentials, expires } = readCredential(output, plugin)
    const until = expires - Math.min(longestSkew, (expires - started) / 10)
    held = { credentials: { ...base, ...credentials }, until: Number.isNaN(until) ? expires : until }
    return held.credentials
  }
  const fetchOnce = () => {
    running ??= fetch().finally(() => {
      running = undefined
    })
    return running
  }
  return {
    current: async () => (held && Date.now() < held.until ? held.credentials : fetchOnce()),
    renew: async (refused) => {
      if (held && held.credentials !== refused) return true
      held = undefined
      await fetchOnce()
      return true
    },
  }
}

function execInfo(plugin: ExecPlugin, cluster: Cluster, ca: string | undefined) {
  const spec: { interactive: boolean; cluster?: object } = { interactive: false }
  if (plugin.provideClusterInfo) {
    const config = cluster.extensions?.find(({ name }) => name === 'client.authentication.k8s.io/exec')?.extension
    spec.cluster = {
      server: cluster.server,
      'tls-server-name': cluster['tls-server-name'],
      'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
      'certificate-authority-data': ca === undefined ? undefined : Buffer.from(ca).toString('base64'),
      'proxy-url': cluster['proxy-url'],
      config,
    }
  }
  return { kind: 'ExecCredential', apiVersion: plugin.apiVersion, spec }
}

function readCredential(output: string, plugin: ExecPlugin): { credentials: Credentials; expires: number } {
  let answer: ExecCredential
  try {
    answer = JSON.parse(output)
  } catch (cause) {
    throw new CredentialError(`the credential plugin ${plugin.command} printed no ExecCredential`, { cause })
  }
  const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = answer?.status ?? {}
  if (answer?.kind !== 'ExecCredential' || answer.apiVersion !== plugin.apiVersion) {
    const got = `${answer?.kind} of ${answer?.apiVersion}`
    throw new CredentialError(`the credential plugin ${plugin.command} printed ${got}, not ${plugin.apiVersion}`)
  }
  if (!token && !(cert && key)) {
    throw new CredentialError(
      `the credential plugin ${plugin.command} gave neither a token nor a certificate with its key`,
    )
  }
  const expires = expirationTimestamp ? Date.parse(expirationTimestamp) : Number.POSITIVE_INFINITY
  if (Number.isNaN(expires)) {
    throw new CredentialError(`the credential plugin ${plugin.command} gave no date as expiry: ${expirationTimestamp}`)
  }
  const credentials: Credentials = {}
  if (token) credentials.authorization = `Bearer ${token}`
  if (cert && key) Object.assign(credentials, { cert, key })
  return { credentials, expires }
}
