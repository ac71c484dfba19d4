import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { isApiError } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { withDeadline } from '../deadline.ts'
import type { StartConfig, StartOptions } from '../provider.ts'
import type { Session } from '../session.ts'
import { isEmpty, planStaging } from '../starting/plan.ts'
import { podPaths } from '../starting/pod-paths.ts'
import { assertSessionName } from '../starting/session-name.ts'
import type { Cluster } from './cluster.ts'
import { bringUp } from './come-up.ts'
import { createPod } from './create.ts'
import { podName } from './names.ts'
import { type Mode, sessionPod, workspaceOf } from './pod.ts'
import { STAGING_SILENCE } from './stage.ts'
import { deletePod, waitUntilGone } from './stop.ts'

/** Milliseconds that removing what a failed start made may take. */
const ROLLBACK_TIMEOUT = 10_000

/**
 * Starts a session and resolves with its control stream open; removes what it made when that fails.
 * @param mode `provision`: the agent is not launched, and the stream reaches a tmux that holds no session yet
 */
export async function startSession(
  cluster: Cluster,
  name: string,
  config: StartConfig,
  { signal: abort, onProgress = () => {}, onWarning = () => {} }: StartOptions,
  mode: Mode = 'start',
): Promise<Session> {
  const { settings } = cluster
  const startId = randomUUID()
  const paths = podPaths(config, workspaceOf(settings).root)
  const build = (pod: string, staging?: number) => sessionPod(settings, name, config, pod, startId, { staging, mode })
  build(podName(name))
  assertSessionName(name)
  return withDeadline(settings.timeouts.start, `cannot start session "${name}"`, abort, async (signal) => {
    const plan = await planStaging(config, paths, { prebaked: settings.prebaked, onWarning })
    const staging = mode === 'provision' || isEmpty(plan) ? undefined : STAGING_SILENCE
    onProgress('creating the pod')
    const pod = await createPod(cluster, name, (pod) => build(pod, staging), signal)
    try {
      return await bringUp(cluster, pod, { name, mode, config, paths, plan, onProgress, onWarning }, signal)
    } catch (error) {
      await rollBack(cluster, pod, onWarning, abort)
      throw error
    }
  })
}

/** Milliseconds between tries to remove it. */
const REMOVAL_PAUSE = 100

/** Deletes the pod, and waits for its end, but not once the caller has given up: he may kill us if it takes too long. */
export async function rollBack(
  cluster: Cluster,
  pod: Pod,
  onWarning: (warning: string) => void,
  abort = new AbortController().signal,
): Promise<void> {
  const late = AbortSignal.timeout(ROLLBACK_TIMEOUT)
  try {
    if (!(await removePod(cluster, pod, late)) || abort.aborted) return
  } catch (error) {
    return onWarning(`pod ${pod.metadata?.name} could not be removed: ${(error as Error).message}`)
  }
  const either = AbortSignal.any([late, abort])
  await waitUntilGone(cluster, pod, pod.metadata?.resourceVersion ?? '', either).catch(() => {}) // it is being deleted
}

/** Again where the API server could not say no: the pod's UID makes a second request harmless. */
async function removePod(cluster: Cluster, pod: Pod, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    try {
      return await deletePod(cluster, pod, 1, signal)
    } catch (error) {
      if (signal.aborted || isApiError(error, 'Forbidden') || isApiError(error, 'Unauthorized')) throw error
    }
    await setTimeout(REMOVAL_PAUSE, undefined, { signal })
  }
}
