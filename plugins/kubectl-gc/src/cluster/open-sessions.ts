import { type Client, isApiError, isKubeError, resource } from '@kubectl-gc/kube'
import { kubernetesSessionProvider } from '@kubectl-gc/session-provider'
import type { SessionDefaults, Target } from '../flags/target.ts'
import type { Sessions } from '../runtime.ts'
import { eventsOf } from './events.ts'
import { holdings } from './holdings.ts'
import { namespaceExists } from './namespace.ts'
import { clientOptions, openCluster } from './open-cluster.ts'
import { usedUp } from './used-up.ts'

const patience = 2000

/** How many session pods each namespace has; undefined when the user may not look, or the server takes too long. */
async function countByNamespace(client: Client, signal: AbortSignal): Promise<Map<string, number> | undefined> {
  const counts = new Map<string, number>()
  try {
    const pods = await client.list(resource('', 'v1', 'pods'), {
      labelSelector: 'app=gc-agent',
      timeout: patience,
      signal,
    })
    for (const { metadata } of pods.items) {
      const namespace = metadata?.namespace ?? ''
      counts.set(namespace, (counts.get(namespace) ?? 0) + 1)
    }
  } catch (error) {
    if (isKubeError(error)) return undefined
    throw error
  }
  return counts
}

async function reachServer(client: Client, signal: AbortSignal): Promise<void> {
  try {
    await client.serverTime({ signal })
  } catch (error) {
    if (!isApiError(error) || error.code >= 500) throw error
  }
}

/** The sessions that a target names. */
export async function openSessions(target: Target, defaults: SessionDefaults = {}): Promise<Sessions> {
  const cluster = await openCluster(target)
  const { namespace, client } = cluster
  const options = { ...clientOptions(target, process.env), ...defaults, namespace, keepStreams: false }
  const provider = await kubernetesSessionProvider(options)
  return {
    namespace,
    provider,
    countByNamespace: (signal) => countByNamespace(client, signal),
    namespaceExists: (signal) => namespaceExists(client, namespace, signal),
    events: (pod, signal) => eventsOf(client, pod, signal),
    usedUp: (signal) => usedUp(client, namespace, signal),
    reachServer: (signal) => reachServer(client, signal),
    holdings: (signal) => holdings(client, namespace, signal),
    async [Symbol.asyncDispose]() {
      await Promise.all([provider.close(), cluster[Symbol.asyncDispose]()])
    },
  }
}
