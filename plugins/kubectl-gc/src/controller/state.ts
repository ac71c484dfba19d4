import { type Client, isApiError, resource } from '@kubectl-gc/kube'
import { lastLines, stuckReason } from '@kubectl-gc/kube/apply'
import { CITY_ANNOTATION, CONTROLLER, CONTROLLER_CONTAINER } from '@kubectl-gc/manifests'
import type { Deployment, Pod } from '@kubectl-gc/manifests/kubernetes'
import type { Place } from './others.ts'

export const deployments = resource<Deployment>('apps', 'v1', 'deployments')
export const pods = resource<Pod>('', 'v1', 'pods')

/** What the pods of the controller are found by. */
export const PODS = `app=${CONTROLLER}`

/** `Absent`: not deployed. `Stopped`: scaled to nothing. `Failing`: it does not start, or does not stay. */
export type ControllerPhase = 'Absent' | 'Stopped' | 'Starting' | 'Failing' | 'Running'

/** The controller of a namespace as it is now. */
export interface ControllerState {
  phase: ControllerPhase
  /** Why it does not run, in words. */
  reason?: string | undefined
  /** What gc printed last, where that tells why it does not run. */
  output?: string | undefined
  city?: string | undefined
  image?: string | undefined
  agentImage?: string | undefined
  pod?: string | undefined
  node?: string | undefined
  /** How often its container has ended in this pod. */
  restarts?: number | undefined
  /** When its pod was made. */
  since?: string | undefined
  /** When it was deployed first: RFC 3339. */
  createdAt?: string | undefined
}

/** The Deployment of the controller; undefined: there is none. */
export async function findDeployment({ client, namespace, signal }: Place): Promise<Deployment | undefined> {
  try {
    return await client.get(deployments, { name: CONTROLLER, namespace }, { signal })
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined
    throw error
  }
}

/** The pod of the controller; of several the one that was made last. */
export async function findPod({ client, namespace, signal }: Place): Promise<Pod | undefined> {
  const { items } = await client.list(pods, { namespace, labelSelector: PODS, signal })
  return items.toSorted((a, b) => createdAt(b).localeCompare(createdAt(a)))[0]
}

function createdAt({ metadata }: Pod): string {
  return metadata?.creationTimestamp ?? ''
}

/** How the controller is. */
export async function controllerState(place: Place): Promise<ControllerState> {
  const [deployment, pod] = await Promise.all([findDeployment(place), findPod(place)])
  if (deployment === undefined) return { phase: 'Absent' }
  const container = deployment.spec?.template.spec?.containers.find(({ name }) => name === CONTROLLER_CONTAINER)
  const known = {
    city: deployment.metadata?.annotations?.[CITY_ANNOTATION],
    image: container?.image,
    agentImage: container?.env?.find(({ name }) => name === 'GC_K8S_IMAGE')?.value,
    createdAt: deployment.metadata?.creationTimestamp,
    ...(pod === undefined ? {} : aboutPod(pod)),
  }
  return { ...known, ...(await phaseOf(place.client, deployment, pod)) }
}

function aboutPod({ metadata, spec, status }: Pod) {
  const own = status?.containerStatuses?.find(({ name }) => name === CONTROLLER_CONTAINER)
  const { name: pod, creationTimestamp: since } = metadata ?? {}
  return { pod, since, node: spec?.nodeName, restarts: own?.restartCount ?? 0 }
}

async function phaseOf(
  client: Client,
  { metadata, spec, status }: Deployment,
  pod: Pod | undefined,
): Promise<Pick<ControllerState, 'phase' | 'reason' | 'output'>> {
  if (spec?.replicas === 0) return { phase: 'Stopped', reason: 'its Deployment is scaled to 0' }
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)) return { phase: 'Starting' }
  if ((status?.availableReplicas ?? 0) > 0) return { phase: 'Running' }
  const refused = status?.conditions?.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True')
  const stuck = pod && stuckReason(pod as Parameters<typeof stuckReason>[0])
  if (pod === undefined || stuck === undefined) {
    if (refused !== undefined) return { phase: 'Failing', reason: `no pod can be made: ${refused.message}` }
    const going = pod?.metadata?.deletionTimestamp !== undefined
    return { phase: 'Starting', reason: going ? 'the pod before it is ending' : undefined }
  }
  const output = stuck.container === undefined ? '' : await lastLines(client, pod, stuck.container, stuck.previous)
  return { phase: 'Failing', reason: stuck.why, output: output || undefined }
}
