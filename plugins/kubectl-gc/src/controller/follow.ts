import { CONTROLLER_CONTAINER } from '@kubectl-gc/manifests'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { followContainer, type Run } from './follow-container.ts'
import type { Part } from './logs.ts'
import type { Place } from './others.ts'
import { findDeployment, PODS, pods } from './state.ts'

/**
 * What gc prints from now on: in this pod, in those that replace it, and each time that its container is started again.
 * Ends when the controller is stopped.
 * @param part what of the run that is under way is wanted; of those that follow it is all
 */
export async function* followController(place: Place, part: Part): AsyncGenerator<Uint8Array> {
  const { client, namespace, signal } = place
  const had = new Set<string>()
  for await (const { type, object: pod } of client.watch(pods, { namespace, labelSelector: PODS, signal })) {
    if (type === 'DELETED') {
      if (await isStopped(place)) return
      continue
    }
    const runs = runsOf(pod).filter(({ id }) => !had.has(id))
    // Of what there is at first, only the last run: those before it were long ago.
    const isFirst = had.size === 0
    for (const run of isFirst ? runs.slice(-1) : runs) yield* followContainer(place, run, isFirst ? part : {})
    for (const { id } of runs) had.add(id)
  }
}

/** The runs of gc in a pod of which there are logs, the last one last. */
function runsOf({ metadata, status }: Pod): Run[] {
  const own = status?.containerStatuses?.find(({ name }) => name === CONTROLLER_CONTAINER)
  const pod = metadata?.name ?? ''
  const now = own?.state?.running === undefined ? own?.state?.terminated?.containerID : own.containerID
  const before = own?.lastState?.terminated?.containerID
  const run = (id: string | undefined, previous: boolean): Run[] => (id === undefined ? [] : [{ pod, id, previous }])
  return [...run(before, now !== undefined), ...run(now, false)]
}

async function isStopped(place: Place): Promise<boolean> {
  const deployment = await findDeployment(place)
  return deployment === undefined || deployment.metadata?.deletionTimestamp !== undefined
}
