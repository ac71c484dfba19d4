import { isApiError } from '@kubectl-gc/kube'
import { stuckReason } from '@kubectl-gc/kube/apply'
import { CONTROLLER_CONTAINER as container } from '@kubectl-gc/manifests'
import { UsageError } from '../errors/usage.ts'
import type { Place } from './others.ts'
import { findPod } from './state.ts'

/** What of a log is wanted. */
export interface Part {
  tailLines?: number | undefined
  sinceSeconds?: number | undefined
}

/**
 * What gc has printed in its present pod.
 * @param part `previous`: before its container was started again
 * @throws {UsageError} there is no pod, or its container has not started; the message says why
 */
export async function* controllerLogs(place: Place, part: Part & { previous: boolean }): AsyncGenerator<Uint8Array> {
  const { client, namespace, signal } = place
  const pod = await findPod(place)
  const status = `kubectl gc controller status --namespace ${namespace}`
  if (pod === undefined) throw new UsageError(`the controller in namespace ${namespace} has no pod`, status)
  try {
    yield* client.logs({ name: pod.metadata?.name ?? '', namespace }, { container, signal, ...part })
  } catch (error) {
    if (!isApiError(error, 'BadRequest')) throw error
    if (part.previous) {
      const message = `gc has run only once in pod ${pod.metadata?.name}: there is no log before its present one`
      throw new UsageError(message, `kubectl gc controller logs --namespace ${namespace}`, error)
    }
    const why = stuckReason(pod as Parameters<typeof stuckReason>[0])?.why ?? 'its container has not started'
    throw new UsageError(`gc has printed nothing in pod ${pod.metadata?.name}: ${why}`, status, error)
  }
}
