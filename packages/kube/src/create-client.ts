import type { Client } from './client.ts'
import { resolveIdentity } from './identity/identity.ts'
import { KubernetesClient } from './kubernetes-client.ts'
import type { ClientOptions } from './options.ts'
import { Transport } from './rest/transport.ts'

/**
 * Makes a client of a kubeconfig, or of the pod's own service account inside a cluster. Sends nothing yet.
 * @throws {ConfigError} there is no usable configuration, or it lacks what the options name
 */
export async function createClient(options: ClientOptions = {}): Promise<Client> {
  const identity = await resolveIdentity(options)
  const transport = new Transport(identity, {
    requestTimeout: options.requestTimeout ?? 10_000,
    connectTimeout: options.connectTimeout ?? 3_000,
    userAgent: options.userAgent ?? 'kubectl-gc',
  })
  return new KubernetesClient(transport, identity.context, identity.namespace)
}
