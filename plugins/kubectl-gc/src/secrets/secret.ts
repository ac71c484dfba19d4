import { type Client, isApiError, resource } from '@kubectl-gc/kube'
import type { Secret } from '@kubectl-gc/manifests/kubernetes'
import { namespaceNotFound } from '../cluster/namespace.ts'
import { UsageError } from '../errors/usage.ts'
import type { CredentialFiles } from './files.ts'

const secrets = resource<Secret>('', 'v1', 'secrets')
const syncedAt = 'kubectl-gc.dev/synced-at'

/** The Secret that every session pod mounts, at /tmp/claude-secret, where there is one. */
export const NAME = 'claude-credentials'

/** Its own: what an installation has rendered is pruned and compared under another name. */
const fieldManager = 'kubectl-gc-secrets'

/** The Secret as it is in a namespace. */
export interface Synced {
  files: CredentialFiles
  /** When the files were brought there; undefined: something else did it. */
  at: Date | undefined
}

/** What is in the cluster; undefined when there is no Secret. */
export async function readSecret(client: Client, namespace: string, signal: AbortSignal): Promise<Synced | undefined> {
  try {
    const { metadata, data = {} } = await client.get(secrets, { name: NAME, namespace }, { signal })
    const time = metadata?.annotations?.[syncedAt]
    const files = Object.entries(data).map(([name, value]) => [name, Buffer.from(value, 'base64')] as const)
    return { files: new Map(files.sort()), at: time === undefined ? undefined : new Date(time) }
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined
    throw error
  }
}

export interface SyncOptions {
  now: Date
  signal: AbortSignal
  /** Take over what something else has put there. */
  force: boolean
}

/**
 * Makes the Secret hold these files, and none that an earlier call brought.
 * @throws {UsageError} there is no such namespace, or something else has put other content there
 */
export async function applySecret(client: Client, namespace: string, files: CredentialFiles, options: SyncOptions) {
  const { now, signal, force } = options
  const secret: Secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: NAME,
      namespace,
      labels: { 'app.kubernetes.io/part-of': 'gas-city' },
      annotations: { [syncedAt]: now.toISOString() },
    },
    type: 'Opaque',
    data: Object.fromEntries([...files].map(([name, content]) => [name, content.toString('base64')])),
  }
  try {
    await client.apply(secret, { fieldManager, force, signal })
  } catch (error) {
    throw withHint(error, namespace)
  }
}

function withHint(error: unknown, namespace: string): unknown {
  if (isApiError(error, 'Conflict')) {
    return new UsageError(
      `secret/${NAME} in namespace ${namespace} was made by something else: ${error.message}`,
      `replace its content: kubectl gc secrets sync --force-conflicts --namespace ${namespace}`,
      error,
    )
  }
  if (isApiError(error, 'NotFound')) return namespaceNotFound(namespace, error)
  return error
}
