import type { Client } from '@kubectl-gc/kube'
import { planInstallation, type Wanted } from '@kubectl-gc/kube/apply'
import { withFlag } from '../hints.ts'
import { fieldManager } from '../subject.ts'
import { diffText } from './diff-text.ts'

interface Options {
  'force-conflicts': boolean
  adopt: boolean
  prune: boolean
}

/** What an installation would change, a unified diff for each object that it would. */
export async function differences(
  client: Client,
  wanted: Wanted,
  { prune, adopt, 'force-conflicts': force }: Options,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    const plan = await planInstallation(client, wanted, { fieldManager, force, adopt, signal })
    const changed = plan.changes.filter(({ action }) => action === 'created' || action === 'configured')
    return [
      ...changed.map(({ before, after }) => diffText(before, after)),
      ...(prune ? plan.obsolete : []).map((object) => diffText(object, undefined)),
    ]
  } catch (error) {
    throw withFlag(error, `kubectl gc diff ${wanted.name} --namespace ${wanted.namespace}`)
  }
}
