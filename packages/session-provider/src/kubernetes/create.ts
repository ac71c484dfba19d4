import { isApiError, isKubeError } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { SessionExists, SessionStartFailed } from '../errors.ts'
import { isAbandoned } from './abandoned.ts'
import { type Cluster, isFinished, isTerminating, nameOf, pods, podsOf, sessionOf } from './cluster.ts'
import { diagnose } from './diagnosis.ts'
import { CITY_LABEL, START_ID_ANNOTATION } from './labels.ts'
import { describePod } from './list.ts'
import { hashedPodName, podName } from './names.ts'
import { grantCommand } from './permission.ts'
import { postPod } from './post-pod.ts'
import { deletePod, waitUntilGone } from './stop.ts'

/** Seconds for what runs yet in a pod whose session has ended. */
const ABANDONED_GRACE = 1

/** Milliseconds for the answer to a creation that is on its way when the start is aborted, and to find what it made. */
const LAST_ANSWER = 1000
const LOOK_TIMEOUT = 5000

/**
 * Makes the pod of a session, once what is left of an earlier one of that name is gone.
 * @param build the pod by its name
 * @throws {SessionExists} the session runs or starts already
 * @throws {SessionStartFailed} the API server refuses the pod
 */
export async function createPod(
  cluster: Cluster,
  session: string,
  build: (podName: string) => Pod,
  signal: AbortSignal,
): Promise<Pod> {
  const wanted = build(podName(session))
  const earlier = await podsOf(cluster, session, signal)
  for (const pod of earlier.items) await clear(cluster, session, pod, earlier.resourceVersion, signal)
  try {
    return await post(cluster, wanted, signal)
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw refusal(cluster, session, error)
  }
  const holder = await get(cluster, podName(session), signal)
  if (holder !== undefined && sessionOf(holder) !== session) {
    return post(cluster, build(hashedPodName(session)), signal).catch((error) => {
      throw refusal(cluster, session, error)
    })
  }
  throw new SessionExists(session, { pod: podName(session), ...whoHas(holder, wanted) })
}

/** Whose a session is that was not there a moment ago. */
function whoHas(holder: Pod | undefined, wanted: Pod): { what: string; suggestion?: string } {
  const held = holder?.metadata?.labels?.[CITY_LABEL]
  const city = wanted.metadata?.labels?.[CITY_LABEL]
  if (held === undefined || city === undefined || held === city) return { what: ', and another call starts it' }
  const suggestion = `give this city a namespace of its own: kubectl gc install --namespace ${city}; or the session another name`
  return { what: `, and belongs to another city (${held}; this one is ${city})`, suggestion }
}

/** Removes a pod that holds no session any more, and waits for one that is being deleted; any other is a session. */
async function clear(cluster: Cluster, session: string, pod: Pod, resourceVersion: string, signal: AbortSignal) {
  if (!isTerminating(pod)) {
    if (!isFinished(pod) && !(await isAbandoned(cluster, pod, signal))) {
      throw new SessionExists(session, { pod: nameOf(pod).name, what: await whyNotUp(cluster, pod, signal) })
    }
    if (!(await deletePod(cluster, pod, isFinished(pod) ? 0 : ABANDONED_GRACE, signal))) return
  }
  await waitUntilGone(cluster, pod, resourceVersion, signal)
}

/** What keeps a session that is there from running; empty: nothing does. */
async function whyNotUp(cluster: Cluster, pod: Pod, signal: AbortSignal): Promise<string> {
  const phase = await describePod(cluster, pod, signal).then(
    (info) => info.phase,
    () => pod.status?.phase,
  )
  return phase === 'Running' ? '' : `, and has not come up: ${diagnose(pod)?.message ?? 'it is starting'}`
}

/**
 * Creates the pod; where the answer was lost, looks whether it is there. The caller, who knows whether the start goes
 * on, removes what a start that was aborted meanwhile has made.
 */
async function post(cluster: Cluster, pod: Pod, signal: AbortSignal): Promise<Pod> {
  signal.throwIfAborted()
  try {
    return await postPod(cluster.client, pod, { signal: soonAfter(signal) })
  } catch (error) {
    if (isApiError(error)) throw error
    const found = await get(cluster, nameOf(pod).name, AbortSignal.timeout(LOOK_TIMEOUT)).catch(() => undefined)
    const id = pod.metadata?.annotations?.[START_ID_ANNOTATION]
    if (found === undefined || found.metadata?.annotations?.[START_ID_ANNOTATION] !== id) throw error
    return found
  }
}

/** A request that is broken off may be carried out all the same, so one that is on its way may finish. */
function soonAfter(signal: AbortSignal): AbortSignal {
  const late = new AbortController()
  const abort = () => setTimeout(() => late.abort(signal.reason), LAST_ANSWER).unref()
  signal.addEventListener('abort', abort, { once: true })
  return late.signal
}

async function get({ client, settings }: Cluster, name: string, signal: AbortSignal): Promise<Pod | undefined> {
  try {
    return await client.get(pods, { name, namespace: settings.namespace }, { signal })
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined
    throw error
  }
}

/** The API server's refusal of a pod, as an error of the start. Any other error stays as it is. */
export function refusal({ settings }: Cluster, session: string, error: unknown): unknown {
  if (!isKubeError(error) || !isApiError(error)) return error
  const { details } = error.status
  if (error.reason === 'NotFound' && (details?.kind === 'namespaces' || error.message.includes('namespaces'))) {
    const suggestion = `make it: kubectl gc install --namespace ${settings.namespace}; or name another one: --namespace NAME`
    const message = `there is no namespace "${settings.namespace}"`
    return new SessionStartFailed(session, 'NotFound', message, { cause: error, suggestion })
  }
  if (error.message.includes('exceeded quota')) {
    const suggestion = `end a session: kubectl gc stop NAME; or raise the quota: kubectl -n ${settings.namespace} describe quota`
    return new SessionStartFailed(session, 'ExceededQuota', error.message, { cause: error, suggestion })
  }
  if (error.reason === 'Forbidden' || error.reason === 'Invalid' || error.reason === 'BadRequest') {
    const suggestion = grantCommand(error.message) ?? error.suggestion ?? 'change what the message names'
    return new SessionStartFailed(session, error.reason, error.message, { cause: error, suggestion })
  }
  return error
}
