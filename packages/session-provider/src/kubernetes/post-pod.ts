import { setTimeout } from 'node:timers/promises'
import { type Client, type CreateOptions, isApiError } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { pods } from './cluster.ts'

/** Milliseconds that a new namespace is given to have its ServiceAccount `default`, and between tries. */
const GRACE = 15_000
const PAUSE = 50

/**
 * Creates a pod. A namespace that was made a moment ago refuses pods until a controller has given it the ServiceAccount
 * `default`: that is waited for, and any other refusal is the caller's.
 * @throws {ApiError} the API server refuses the pod
 */
export async function postPod(
  client: Pick<Client, 'create'>,
  pod: Pod,
  options: Pick<CreateOptions, 'signal' | 'timeout' | 'dryRun'> = {},
): Promise<Pod> {
  const late = Date.now() + Math.min(GRACE, options.timeout ?? GRACE)
  for (;;) {
    try {
      return await client.create(pods, pod, options)
    } catch (error) {
      if (!lacksServiceAccount(error) || Date.now() >= late || options.signal?.aborted === true) throw error
    }
    await setTimeout(PAUSE)
  }
}

function lacksServiceAccount(error: unknown): boolean {
  return isApiError(error, 'Forbidden') && error.message.includes('serviceaccount "default" not found')
}
