import { randomUUID } from 'node:crypto'
import { isApiError } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { DeadlineExceeded, withDeadline } from '../deadline.ts'
import type { StartConfig, StartOptions } from '../provider.ts'
import { Session } from '../session.ts'
import { connect } from '../tmux/connect.ts'
import type { Cluster } from './cluster.ts'
import { createPod } from './create.ts'
import { assertSessionName } from './names.ts'
import { sessionPod } from './pod.ts'
import { podTransport } from './pod-stream.ts'
import { watchForFailure } from './start-failure.ts'
import { deletePod, waitUntilGone } from './stop.ts'

/** Milliseconds that removing what a failed start made may take. */
const ROLLBACK_TIMEOUT = 10_000

/** Starts a session and resolves with its control stream open; removes what it made when that fails. */
export async function startSession(
  cluster: Cluster,
  name: string,
  config: StartConfig,
  options: StartOptions,
): Promise<Session> {
  assertSessionName(name)
  return withDeadline(
    cluster.settings.timeouts.start,
    `cannot start session "${name}"`,
    options.signal,
    async (signal) => {
      const startId = randomUUID()
      const build = (podName: string) => sessionPod(cluster.settings, name, config, podName, startId)
      options.onProgress?.('creating the pod')
      const pod = await createPod(cluster, name, build, signal)
      try {
        options.onProgress?.('waiting for the session to take input')
        const session = await comeUp(cluster, name, pod, signal)
        if (config.nudge) await session.nudge(config.nudge)
        return session
      } catch (error) {
        await rollBack(cluster, pod)
        throw error
      }
    },
  )
}

/** The first of two: the control stream is open, or Kubernetes says that it will not be. */
async function comeUp(cluster: Cluster, name: string, pod: Pod, signal: AbortSignal): Promise<Session> {
  const settled = new AbortController()
  const either = AbortSignal.any([signal, settled.signal])
  const failure = watchForFailure(cluster, name, pod, either)
  const stream = attachEarly(cluster, pod, either)
  try {
    return new Session(name, await Promise.race([stream, failure.promise]))
  } catch (error) {
    stream.then(
      (tmux) => tmux.close(),
      () => {},
    )
    if (signal.reason instanceof DeadlineExceeded) throw await failure.explainTimeout(cluster.settings.timeouts.start)
    throw error
  } finally {
    settled.abort()
    failure.promise.catch(() => {})
    stream.catch(() => {})
  }
}

/** Tries from creation on, because the pod's status lags the container by some 300 ms. */
async function attachEarly(cluster: Cluster, pod: Pod, signal: AbortSignal) {
  for (let pause = 25; ; pause = Math.min(pause * 1.5, 100)) {
    try {
      return await connect(podTransport(cluster, pod), signal)
    } catch (error) {
      if (signal.aborted || isApiError(error, 'Forbidden') || isApiError(error, 'Unauthorized')) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
    signal.throwIfAborted()
  }
}

async function rollBack(cluster: Cluster, pod: Pod): Promise<void> {
  const signal = AbortSignal.timeout(ROLLBACK_TIMEOUT)
  try {
    if (await deletePod(cluster, pod, 1, signal)) {
      await waitUntilGone(cluster, pod, pod.metadata?.resourceVersion ?? '', signal)
    }
  } catch {
    // The first error is the one to report. A pod that could not be removed is found by list and status.
  }
}
