import { type Client, resource } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { CONFIG_VARIABLE } from '../city/config-variable.ts'
import type { Holding } from '../runtime.ts'

const pods = resource<Pod>('', 'v1', 'pods')

/** Every session pod of a namespace, and whose it is. */
export async function holdings(client: Client, namespace: string, signal: AbortSignal): Promise<Holding[]> {
  const { items } = await client.list(pods, { namespace, labelSelector: 'app=gc-agent', signal })
  return items.map(({ metadata, spec }) => {
    const agent = spec?.containers.find(({ name }) => name === 'agent')
    return {
      session: metadata?.annotations?.['gc-session-name'] ?? metadata?.labels?.['gc-session'] ?? '',
      pod: metadata?.name ?? '',
      city: metadata?.labels?.['gc-city'],
      fingerprint: agent?.env?.find(({ name }) => name === CONFIG_VARIABLE)?.value,
    }
  })
}
