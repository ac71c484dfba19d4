import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { isSessionError } from '../errors.ts'
import { NoMainSession } from '../tmux/no-main-session.ts'
import type { Cluster } from './cluster.ts'
import { SUPERVISOR_LABEL } from './labels.ts'
import { isContainerGone, oneShotClient } from './pod-stream.ts'

/**
 * Milliseconds after which a pod of the shell script's or of gc's own provider that has never had a tmux will not get
 * one: gc's provider waits so long for what it starts.
 */
const STARTING = 360_000

/** tmux's words where there has been a session: its server, or at least its socket, is there. */
const HAS_BEGUN = /can't find session|no server running/

/**
 * Whether a running pod has outlived its session: one that was made by the shell script or by gc's own provider runs on
 * when its tmux has ended, or when whoever started it has gone. Ours end with their session, are being started by
 * somebody, or are provisioned for one.
 */
export async function isAbandoned(
  cluster: Cluster,
  pod: Pod,
  signal: AbortSignal,
  mayAskAgain = true,
): Promise<boolean> {
  const { labels, creationTimestamp = '' } = pod.metadata ?? {}
  if (pod.status?.phase !== 'Running' || labels?.[SUPERVISOR_LABEL] !== undefined) return false
  try {
    await oneShotClient(cluster, pod, signal).run('has-session -t =main')
    return false
  } catch (error) {
    if (isContainerGone(error)) return true
    if (error instanceof NoMainSession) {
      return HAS_BEGUN.test(error.message) || Date.now() - Date.parse(creationTimestamp) > STARTING
    }
    if (!mayAskAgain || !isSessionError(error) || error.name !== 'OutcomeUnknown') throw error
    return isAbandoned(cluster, pod, signal, false)
  }
}
