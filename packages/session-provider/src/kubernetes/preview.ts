import { randomUUID } from 'node:crypto'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { SessionExists } from '../errors.ts'
import type { StartConfig } from '../provider.ts'
import { assertSessionName } from '../starting/session-name.ts'
import { type Cluster, isFinished, isTerminating, nameOf, pods, podsOf } from './cluster.ts'
import { refusal } from './create.ts'
import { podName } from './names.ts'
import { sessionPod } from './pod.ts'

/**
 * The pod that a start would make, which is not made.
 * @param signal with one, the API server is asked whether it would take the pod, and says what it would make of it
 * @throws {SessionExists} the server has a session of this name
 * @throws {SessionStartFailed} the server would refuse it
 */
export async function previewPod(
  cluster: Cluster,
  name: string,
  config: StartConfig,
  signal: AbortSignal | undefined,
): Promise<Pod> {
  assertSessionName(name)
  const pod = sessionPod(cluster.settings, name, config, podName(name), randomUUID())
  const named = { ...pod, metadata: { ...pod.metadata, namespace: cluster.settings.namespace } }
  if (signal === undefined) return named
  const { items } = await podsOf(cluster, name, signal)
  const taken = items.find((one) => !isFinished(one) && !isTerminating(one))
  if (taken !== undefined) throw new SessionExists(name, { pod: nameOf(taken).name })
  try {
    return await cluster.client.create(pods, named, { dryRun: true, signal })
  } catch (error) {
    throw refusal(cluster, name, error)
  }
}
