import type { WatchEvent } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { compare } from '../engine/changes.ts'
import type { SessionChange, SessionInfo, WatchOptions } from '../provider.ts'
import { isForeign } from './city.ts'
import { type Cluster, mayRun, nameOf, pods, sessionOf } from './cluster.ts'
import { toSessionInfo } from './info.ts'
import { APP, APP_LABEL } from './labels.ts'

/** What is there as `added`, then every change, for as long as it is iterated. An interrupted watch is taken up again. */
export async function* watchSessions(
  { client, settings }: Cluster,
  { allNamespaces, signal, onLive }: WatchOptions,
): AsyncGenerator<SessionChange> {
  const namespace = allNamespaces ? undefined : settings.namespace
  const labelSelector = `${APP_LABEL}=${APP}`
  const events = client.watch(pods, { namespace, labelSelector, signal, onLive })
  yield* toChanges(events, (pod) => sessionOf(pod) !== '' && !isForeign(pod, settings.city))
}

/** A session's changes from those of its pods: of several, as in a restart, the one that may run is the session. */
export async function* toChanges(
  events: AsyncIterable<WatchEvent<Pod>>,
  isOurs: (pod: Pod) => boolean,
): AsyncGenerator<SessionChange> {
  const podsOf = new Map<string, Map<string, Pod>>()
  const known = new Map<string, SessionInfo>()
  for await (const { type, object } of events) {
    if (!isOurs(object)) continue
    const name = `${nameOf(object).namespace}/${sessionOf(object)}`
    const all = podsOf.get(name) ?? new Map<string, Pod>()
    podsOf.set(name, all)
    all.delete(object.metadata?.uid ?? '')
    if (type !== 'DELETED') all.set(object.metadata?.uid ?? '', object)
    const change = compare(known.get(name), choose([...all.values()]))
    if (change === undefined) continue
    if (change.type === 'removed') known.delete(name)
    else known.set(name, change.session)
    if (all.size === 0) podsOf.delete(name)
    yield change
  }
}

function choose(all: Pod[]): SessionInfo | undefined {
  const pod = all.find(mayRun) ?? all.at(-1)
  return pod === undefined ? undefined : toSessionInfo(pod)
}
