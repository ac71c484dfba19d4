import type { Client } from '../../client.ts'
import type { KubernetesObject } from '../../objects.ts'
import { NotReadyError } from '../errors.ts'
import { displayName, objectName, typeOf } from '../name.ts'
import type { Waitable } from '../types.ts'
import { isWaitable, readiness } from './readiness.ts'
import { stuckReason } from './stuck-pod.ts'
import { pods, selectorOf, waitsForConsumer, whyNotReady } from './why.ts'

export interface WaitOptions {
  signal: AbortSignal
  /** Milliseconds. */
  timeout: number
  /** Told what is waited for, and why it takes so long. */
  onProgress?: ((step: string) => void) | undefined
}

/**
 * Resolves once all of these are ready: Deployments, StatefulSets, DaemonSets, Jobs, claims and definitions; others are
 * at once. A claim whose class has it wait for its first pod is not waited for.
 * @throws {NotReadyError} one was not in time, or cannot be any more; the message says why
 */
export async function waitUntilReady(
  client: Client,
  objects: readonly KubernetesObject[],
  options: WaitOptions,
): Promise<void> {
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const waiting = objects.filter(isWaitable).map(async (object) => {
    try {
      await waitForOne(client, object, { ...options, signal })
    } catch (error) {
      failed.abort(error)
      throw error
    }
  })
  const [first] = (await Promise.allSettled(waiting)).filter(({ status }) => status === 'rejected')
  options.signal.throwIfAborted()
  if (first !== undefined) throw failed.signal.reason
}

async function waitForOne(client: Client, object: Waitable, options: WaitOptions): Promise<void> {
  const what = displayName(object)
  const ended = new AbortController()
  const deadline = AbortSignal.timeout(options.timeout)
  const signal = AbortSignal.any([options.signal, ended.signal, deadline])
  const told = new Set<string>()
  const tell = (reason: string) => {
    const word = reason.split(':', 2).join(':')
    if (!told.has(word)) options.onProgress?.(`waiting for ${what}: ${reason}`)
    told.add(word)
  }
  const stuck = reportStuckPods(client, object, signal, tell).catch(() => undefined)
  options.onProgress?.(`waiting for ${what} to be ready`)
  let last = object
  try {
    last = await untilReady(client, object, signal, (seen) => {
      last = seen
    })
    return
  } catch (error) {
    options.signal.throwIfAborted()
    if (!deadline.aborted) throw error
  } finally {
    ended.abort()
    await stuck
  }
  throw await notReady(client, last, `is not ready after ${Math.round(options.timeout / 1000)}s`, options.signal)
}

async function untilReady(
  client: Client,
  object: Waitable,
  signal: AbortSignal,
  seen: (object: Waitable) => void,
): Promise<Waitable> {
  const resource = await client.resourceOf(typeOf(object), { signal })
  const { name, namespace } = objectName(object)
  if (object.kind === 'PersistentVolumeClaim' && (await waitsForConsumer(client, object, signal))) return object
  for await (const event of client.watch(resource, { namespace, fieldSelector: `metadata.name=${name}`, signal })) {
    const current: Waitable = { ...typeOf(object), ...event.object }
    if (event.type === 'DELETED') throw new NotReadyError(current, `${displayName(current)} has been deleted`)
    seen(current)
    const { state, ...rest } = readiness(current)
    if (state === 'ready') return current
    if ('why' in rest) throw await notReady(client, current, `has failed: ${rest.why}`, signal)
  }
  throw new NotReadyError(object, `nobody knows whether ${displayName(object)} is ready: the watch ended`)
}

/** Tells of every reason for which a pod of the object is stuck, until the signal aborts. */
async function reportStuckPods(client: Client, object: Waitable, signal: AbortSignal, tell: (why: string) => void) {
  const labelSelector = selectorOf(object)
  if (labelSelector === undefined) return
  const namespace = object.metadata?.namespace
  for await (const { object: pod } of client.watch(pods, { namespace, labelSelector, signal })) {
    const stuck = stuckReason(pod)
    if (stuck !== undefined) tell(`pod ${pod.metadata?.name}: ${stuck.why}`)
  }
}

async function notReady(client: Client, object: Waitable, how: string, signal: AbortSignal): Promise<NotReadyError> {
  const { namespace } = object.metadata ?? {}
  const why = await whyNotReady(client, object, signal).catch(() => undefined)
  signal.throwIfAborted()
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`
  const message = `${displayName(object)}${where} ${how}${why === undefined ? '' : `: ${why.text}`}`
  const suggestion =
    namespace === undefined
      ? `kubectl describe ${displayName(object)}`
      : `kubectl describe pods --namespace ${namespace}`
  return new NotReadyError(object, message, { suggestion, output: why?.output })
}
