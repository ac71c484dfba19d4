import { type Client, resource } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import type { Transport } from '../tmux/transport.ts'
import { isForeign } from './city.ts'
import { APP, APP_LABEL, SESSION_LABEL, SESSION_NAME_ANNOTATION } from './labels.ts'
import type { LateAnnotations } from './late-annotations.ts'
import { labelValue } from './names.ts'
import type { Settings } from './settings.ts'

export const pods = resource<Pod>('', 'v1', 'pods')

/** What the parts of the provider share. */
export interface Cluster {
  client: Client
  settings: Settings
  /** Whether control streams stay open between verbs. */
  keepStreams: boolean
  /** Where several providers share the control streams of pods: how one is had. */
  streams?: SharedStreams | undefined
  /** Where a watch keeps them: the session pods of the namespace, as they are now. Default: the API server is asked. */
  sessionPods?: ((signal: AbortSignal | undefined) => Promise<Pod[]>) | undefined
  /** Where callers do not wait for copies of metadata: what writes them. Default: they wait. */
  late?: LateAnnotations | undefined
  /** Tells those who keep a memory of this cluster that this process has started or stopped a session. */
  changed?: ((session: string) => Promise<void>) | undefined
}

export interface SharedStreams {
  /** The transport, with the control stream of the pod of this UID shared. */
  share(uid: string, transport: Transport): Transport
  /** Whether having that pod's stream needs none closed. */
  hasRoom(uid: string): boolean
}

/** The session that a pod belongs to. */
export function sessionOf(pod: Pod): string {
  return pod.metadata?.annotations?.[SESSION_NAME_ANNOTATION] ?? pod.metadata?.labels?.[SESSION_LABEL] ?? ''
}

export function nameOf(pod: Pod): { name: string; namespace: string } {
  return { name: pod.metadata?.name ?? '', namespace: pod.metadata?.namespace ?? '' }
}

/** The pods of one session of our city, whatever their phase, and the version from which a watch goes on. */
export async function podsOf({ client, settings }: Cluster, session: string, signal: AbortSignal | undefined) {
  const labelSelector = `${APP_LABEL}=${APP},${SESSION_LABEL}=${labelValue(session)}`
  const list = await client.list(pods, { namespace: settings.namespace, labelSelector, signal })
  return { ...list, items: list.items.filter((pod) => sessionOf(pod) === session && !isForeign(pod, settings.city)) }
}

export function isTerminating(pod: Pod): boolean {
  return pod.metadata?.deletionTimestamp !== undefined
}

export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
}

/**
 * Whether the pod may hold a running session: whether it does is for tmux to say. A pod counts from its node on,
 * because its phase says Running some 300 ms after its container runs.
 */
export function mayRun(pod: Pod): boolean {
  return pod.spec?.nodeName !== undefined && !isFinished(pod) && !isTerminating(pod)
}
