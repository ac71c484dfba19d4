import { type Client, isKubeError, resource } from '@kubectl-gc/kube'
import type { ResourceQuota } from '@kubectl-gc/manifests/kubernetes'
import { amount } from '../doctor/quantity.ts'

const quotas = resource<ResourceQuota>('', 'v1', 'resourcequotas')
const patience = 2000

/** What of a namespace's quotas is used up, such as `pods 3 of 3`; nothing when the user may not see it. */
export async function usedUp(client: Client, namespace: string, signal: AbortSignal): Promise<string[]> {
  try {
    const { items } = await client.list(quotas, { namespace, timeout: patience, signal })
    return items.flatMap(({ status }) => {
      return Object.entries(status?.hard ?? {}).flatMap(([name, hard]) => {
        const used = status?.used?.[name] ?? '0'
        return (amount(used) ?? 0) >= (amount(hard) ?? Number.POSITIVE_INFINITY) ? [`${name} ${used} of ${hard}`] : []
      })
    })
  } catch (error) {
    signal.throwIfAborted()
    if (isKubeError(error)) return []
    throw error
  }
}
