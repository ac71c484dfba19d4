import { isApiError, resource } from '@kubectl-gc/kube'
import type { ResourceQuota } from '@kubectl-gc/manifests/kubernetes'
import { type Check, failed, ok, skipped, warning } from '../check.ts'
import { amount } from '../quantity.ts'

const quotas = resource<ResourceQuota>('', 'v1', 'resourcequotas')

/** The part of a quota from which on it is told that it will soon be used up. */
const nearly = 0.9

/** How much of the namespace's quotas is left. */
export const quota: Check = {
  name: 'quota',
  async look({ cluster: { client, namespace }, signal }) {
    let items: ResourceQuota[]
    try {
      items = (await client.list(quotas, { namespace, signal })).items
    } catch (error) {
      if (isApiError(error, 'Forbidden')) return skipped('you may not look at quotas')
      throw error
    }
    if (items.length === 0) return ok('none')
    const uses = items.flatMap(usesOf)
    const full = uses.filter(({ part }) => part >= 1)
    const fix = `stop a session, or raise it: kubectl --namespace ${namespace} edit quota`
    if (full.length > 0) return failed(`used up: ${full.map(({ text }) => text).join(', ')}`, fix)
    const close = uses.filter(({ part }) => part >= nearly)
    if (close.length > 0) return warning(`nearly used up: ${close.map(({ text }) => text).join(', ')}`, fix)
    return ok(uses.map(({ text }) => text).join(', '))
  },
}

function usesOf({ status }: ResourceQuota): { text: string; part: number }[] {
  return Object.entries(status?.hard ?? {}).flatMap(([name, hard]) => {
    const used = status?.used?.[name] ?? '0'
    const [most, now] = [amount(hard), amount(used)]
    if (most === undefined || now === undefined || most === 0) return []
    return [{ text: `${name} ${used} of ${hard}`, part: now / most }]
  })
}
