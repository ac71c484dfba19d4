import type { Client } from '../client.ts'
import { resource } from '../objects.ts'
import type { LiveObject, Waitable } from './types.ts'

export const claims = resource<LiveObject>('', 'v1', 'persistentvolumeclaims')

/** The claims that a StatefulSet's pods were given, which outlive it. */
export async function claimsOf(client: Client, set: Waitable, signal: AbortSignal): Promise<LiveObject[]> {
  const { name = '', namespace } = set.metadata ?? {}
  const stems = (set.spec?.volumeClaimTemplates ?? []).map(({ metadata }) => `${metadata?.name}-${name}-`)
  if (stems.length === 0) return []
  const { items } = await client.list(claims, { namespace, signal })
  const isOf = (claim: string, stem: string) => claim.startsWith(stem) && /^\d+$/.test(claim.slice(stem.length))
  return items.filter(({ metadata }) => stems.some((stem) => isOf(metadata?.name ?? '', stem)))
}
