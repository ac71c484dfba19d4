import { readFile } from 'node:fs/promises'
import { ConfigError } from '../errors.ts'
import type { User } from './kubeconfig.ts'

/** What one request shows to the API server. */
export interface Credentials {
  /** The `Authorization` header. */
  authorization?: string | undefined
  /** Client certificate and key, PEM. */
  cert?: string | undefined
  key?: string | undefined
}

/** Where credentials come from, and come from again when the API server refuses them. */
export interface CredentialSource {
  current(): Promise<Credentials>
  /** After a 401 with `refused`: fetches anew. False when that yields the same, so that asking again is pointless. */
  renew(refused: Credentials): Promise<boolean>
}

const tokenFileLife = 60_000

/**
 * Credentials that a user stanza holds itself: certificates, token, token file (read again each minute), password.
 * @throws {ConfigError} the stanza uses an `auth-provider`, which Kubernetes has removed
 */
export function storedCredentials(user: User): CredentialSource {
  if (user['auth-provider']) {
    throw new ConfigError(
      `the kubeconfig uses the auth-provider "${user['auth-provider'].name}", which Kubernetes removed`,
      {
        suggestion: "Use the provider's credential plugin (an `exec` stanza) instead.",
      },
    )
  }
  let held: { credentials: Credentials; until: number } | undefined
  const read = async (): Promise<Credentials> => {
    const until = user.tokenFile ? Date.now() + tokenFileLife : Number.POSITIVE_INFINITY
    const credentials = await readStanza(user)
    held = { credentials, until }
    return credentials
  }
  return {
    current: async () => (held && Date.now() < held.until ? held.credentials : read()),
    renew: async (refused) => {
      const fresh = await read()
      return fresh.authorization !== refused.authorization || fresh.cert !== refused.cert
    },
  }
}

async function readStanza(user: User): Promise<Credentials> {
  const token = user.tokenFile ? (await readSecret(user.tokenFile, 'token file')).trim() : user.token
  const [cert, key] = await Promise.all([
    pem(user['client-certificate-data'], user['client-certificate'], 'client certificate'),
    pem(user['client-key-data'], user['client-key'], 'client key'),
  ])
  return { authorization: token ? `Bearer ${token}` : basic(user), cert, key }
}

function basic(user: User): string | undefined {
  if (user.username === undefined) return undefined
  return `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}`
}

/** PEM text from base64 data, else from a file. */
export async function pem(
  data: string | undefined,
  file: string | undefined,
  what: string,
): Promise<string | undefined> {
  if (data) return Buffer.from(data, 'base64').toString('utf8')
  return file ? readSecret(file, what) : undefined
}

async function readSecret(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(`cannot read the ${what} ${path}: ${(cause as Error).message}`, { cause })
  }
}
