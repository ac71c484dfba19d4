import type { KubernetesObject } from '@kubectl-gc/kube'
import { type Change, displayName, type InstallOptions, type Plan } from '@kubectl-gc/kube/apply'

/** Where a command says what happens. */
export interface Voice {
  /** For other programs: one object a line. */
  print(line: string): Promise<void>
  /** For people. */
  note(line: string): Promise<void>
}

const taken = (object: KubernetesObject) => `${displayName(object)} taken as it is: you may not change it`

/** Says of each object what happened to it, as kubectl does. */
export function sayChange(voice: Voice): NonNullable<InstallOptions['onChange']> {
  return (object, what) => (what === 'kept' ? voice.note(taken(object)) : voice.print(`${displayName(object)} ${what}`))
}

/** Says what a plan would do. */
export async function sayPlan(
  { changes, obsolete }: Plan,
  flags: { 'dry-run': 'none' | 'client' | 'server'; prune: boolean },
  voice: Voice,
): Promise<void> {
  const how = flags['dry-run'] === 'client' ? '(dry run)' : '(server dry run)'
  for (const change of changes) {
    if (change.action === 'kept') await voice.note(taken(change.object))
    else await voice.print(`${displayName(change.object)} ${wordFor(change, flags['dry-run'])} ${how}`)
  }
  for (const object of flags.prune ? obsolete : []) await voice.print(`${displayName(object)} pruned ${how}`)
}

/** Without the server nobody knows whether an apply changes anything. */
function wordFor({ action, before }: Change, dryRun: 'none' | 'client' | 'server'): string {
  return dryRun === 'client' && before !== undefined ? 'applied' : action
}

/** Says what belongs to an installation, is not made by its values any more, and stays. */
export async function sayKept({ obsolete, obsoleteData }: Plan, prune: boolean, voice: Voice): Promise<void> {
  for (const object of prune ? [] : obsolete) {
    await voice.note(`${displayName(object)} kept: these values do not make it; --prune removes it`)
  }
  for (const object of obsoleteData) {
    const { namespace } = object.metadata ?? {}
    const where = namespace === undefined ? '' : ` --namespace ${namespace}`
    await voice.note(`${displayName(object)} kept, with its data: kubectl delete ${displayName(object)}${where}`)
  }
}
