import { randomUUID } from 'node:crypto'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { isSessionError, SessionExists, type SessionStartFailed } from '../errors.ts'
import type { CallOptions, StartConfig } from '../provider.ts'
import { assertSessionName } from '../starting/session-name.ts'
import { type Cluster, isFinished, isTerminating, nameOf, podsOf } from './cluster.ts'
import { refusal } from './create.ts'
import { podName } from './names.ts'
import { sessionPod } from './pod.ts'
import { postPod } from './post-pod.ts'

/** How a start is tried out. */
export interface PreviewOptions extends CallOptions {
  /** Ask the API server whether it would take the pod, and what it would make of it. Default false. */
  server?: boolean | undefined
  /** A session of this name that is there would be stopped before. Default false. */
  replace?: boolean | undefined
}

/** The pod that a start would make, which is not made. @throws {InvalidSessionName} */
export async function podToBe({ settings }: Cluster, name: string, config: StartConfig): Promise<Pod> {
  assertSessionName(name)
  const pod = sessionPod(settings, name, config, podName(name), randomUUID())
  return { ...pod, metadata: { ...pod.metadata, namespace: settings.namespace } }
}

/**
 * The pod as the API server would make it. One that is to be replaced, or that has ended, has its name until then, so
 * that another name is tried. What it uses of a quota counts still, so that a quota is no reason then.
 * @throws {SessionExists} a session of this name is there, and is not to be replaced
 * @throws {SessionStartFailed} the server would refuse the pod
 */
export async function previewOnServer(
  cluster: Cluster,
  name: string,
  config: StartConfig,
  { replace, signal }: { replace: boolean; signal: AbortSignal },
): Promise<Pod> {
  const pod = await podToBe(cluster, name, config)
  const { items } = await podsOf(cluster, name, signal)
  const running = items.find((one) => !isFinished(one) && !isTerminating(one))
  if (running !== undefined && !replace) throw new SessionExists(name, { pod: nameOf(running).name })
  const wanted = nameOf(pod).name
  const isTaken = items.some((one) => nameOf(one).name === wanted)
  const tried = isTaken ? { ...pod, metadata: { ...pod.metadata, name: undefined, generateName: `${wanted}-` } } : pod
  try {
    const taken = await postPod(cluster.client, tried as Pod, { dryRun: true, signal })
    const { generateName: _, ...metadata } = taken.metadata ?? {}
    return { ...taken, metadata: { ...metadata, name: wanted } }
  } catch (error) {
    const refused = refusal(cluster, name, error)
    if (isQuota(refused) && items.some((one) => !isFinished(one))) return pod
    throw refused
  }
}

function isQuota(error: unknown): boolean {
  return isSessionError(error) && (error as SessionStartFailed).reason === 'ExceededQuota'
}
