import type { Client } from '../client.ts'
import { isKubeError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { additionalNamespaces, canBeMember, groupKinds } from './applyset.ts'
import { deleteObject } from './delete.ts'
import type { Action } from './difference.ts'
import { applied } from './dry-run.ts'
import { groupKindOf } from './name.ts'
import { placed } from './placed.ts'
import type { Plan, PlanOptions } from './plan.ts'
import { waitUntilServed } from './ready/served.ts'
import { waitUntilReady } from './ready/wait.ts'
import { type InstallationRecord, type StoredRecord, writeRecord } from './record.ts'
import { rollBack } from './rollback.ts'
import type { Change } from './try-all.ts'
import type { LiveObject } from './types.ts'

export interface InstallOptions extends Omit<PlanOptions, 'adopt'> {
  /** Wait until what was applied is ready. Default true. */
  wait?: boolean | undefined
  /** Milliseconds to wait for that. Default 300 000. */
  timeout?: number | undefined
  /** Remove the members that are not wanted any more, once the others are ready; never those that hold data. */
  prune?: boolean | undefined
  /** Remove what a first installation made when it fails. Default true. */
  rollback?: boolean | undefined
  /** Told of each object, after it has happened. */
  onChange?:
    | ((object: KubernetesObject, what: Action | 'kept' | 'deleted' | 'pruned') => void | Promise<void>)
    | undefined
  /** Told what is waited for, and why it takes so long. */
  onProgress?: ((step: string) => void) | undefined
}

/**
 * Carries out a plan, and writes down what belongs to the installation: before anything is applied, what may come to
 * belong to it, so that one which is cut short is completed by the next run; after all is ready, what does.
 *
 * A first installation that fails is removed again, by UID, but for what was there before. An upgrade that fails leaves
 * what there is and removes nothing, and its record keeps the content of the last that succeeded. One that is aborted
 * leaves all as it is, and so does one that another run has overtaken. Where the removal fails too, the error is an AggregateError of both.
 * @throws {InstallationBusyError} another run has changed the installation since it was planned
 * @throws {RefusedError} the server refuses an object
 * @throws {NotReadyError} an object is not ready in time; the message says why
 */
export async function carryOut(client: Client, plan: Plan, options: InstallOptions): Promise<void> {
  const { signal, onChange } = options
  const made: LiveObject[] = []
  let begun: StoredRecord
  try {
    begun = await applyAll(client, plan, options, made)
  } catch (error) {
    const isTheirs = isKubeError(error) && error.name === 'InstallationBusyError'
    if (!plan.isFirst || isTheirs || options.rollback === false || signal.aborted) throw error
    options.onProgress?.('removing what was made')
    try {
      await rollBack(client, plan, { ...options, made })
    } catch (left) {
      throw new AggregateError([error, left], 'neither installed nor removed again')
    }
    throw error
  }
  for (const object of options.prune ? plan.obsolete : []) {
    await deleteObject(client, object, { signal, wait: false })
    await onChange?.(object, 'pruned')
  }
  await writeRecord(client, plan, recordAfter(plan, options.prune === true), begun, signal)
}

/** Applies everything and waits for it. What it creates is added to `made` as it is. */
async function applyAll(client: Client, plan: Plan, options: InstallOptions, made: LiveObject[]) {
  const { signal, onChange, onProgress, wait = true, timeout = 300_000 } = options
  const apply = async (changes: Change[]) => {
    for (const { object: planned, before, action } of changes) {
      const object = await placed(client, planned, plan.namespace, signal)
      if (action !== 'kept') {
        const after = await applied(client, object, options)
        if (before === undefined) made.push({ ...object, metadata: after.metadata ?? {} })
      }
      await onChange?.(object, action)
    }
    return changes.map(({ object }) => object)
  }
  await apply(plan.changes.filter(({ object }) => !canBeMember(object)))
  const begun = await writeRecord(client, plan, recordBefore(plan), plan.record, signal)
  const members = plan.changes.filter(({ object }) => canBeMember(object))
  const definitions = await apply(members.filter(isDefinition))
  await waitUntilServed(client, definitions, { signal, timeout, onProgress })
  const rest = await apply(members.filter((change) => !isDefinition(change)))
  if (wait) await waitUntilReady(client, rest, { signal, timeout, onProgress })
  return begun
}

function isDefinition({ object }: Change): boolean {
  return groupKindOf(object) === 'CustomResourceDefinition.apiextensions.k8s.io'
}

function recordBefore({ record, content, inherited, changes, isFirst, ...plan }: Plan): InstallationRecord {
  const objects = changes.map(({ object }) => object)
  return {
    state: isFirst ? 'installing' : 'upgrading',
    content: isFirst || record === undefined ? content : record.content,
    inherited: [...new Set([...(record?.inherited ?? []), ...inherited])],
    groupKinds: groupKinds(objects, record?.groupKinds),
    namespaces: additionalNamespaces(objects, plan.namespace, record?.namespaces),
  }
}

function recordAfter(plan: Plan, pruned: boolean): InstallationRecord {
  const left = [...plan.obsoleteData, ...(pruned ? [] : plan.obsolete)]
  const members = [...plan.changes.map(({ object }) => object), ...left]
  return {
    ...recordBefore(plan),
    state: 'installed',
    content: plan.content,
    groupKinds: groupKinds(members),
    namespaces: additionalNamespaces(members, plan.namespace),
  }
}
