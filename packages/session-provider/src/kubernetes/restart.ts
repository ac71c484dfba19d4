import { randomUUID } from 'node:crypto'
import { isStaged } from '@kubectl-gc/agent'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { withDeadline } from '../deadline.ts'
import { InvalidArgument, SessionNotFound } from '../errors.ts'
import type { StartOptions, StopOptions } from '../provider.ts'
import type { Session } from '../session.ts'
import { podPaths } from '../starting/pod-paths.ts'
import { type Cluster, mayRun, podsOf } from './cluster.ts'
import { bringUp } from './come-up.ts'
import { createPod } from './create.ts'
import { CONTAINER, META_ANNOTATION_PREFIX, START_ID_ANNOTATION, SUPERVISOR_LABEL } from './labels.ts'
import { workspaceOf } from './pod.ts'
import { rollBack } from './start.ts'
import { stopSession } from './stop.ts'

/** How a restart goes on. */
export type RestartOptions = StartOptions & StopOptions

/**
 * Ends a session, if it runs, and starts it as it was started: with the image, the command and the environment of its
 * pod. Its metadata, and what only its pod kept, are gone.
 * @throws {SessionNotFound} it has no pod any more
 * @throws {InvalidArgument} files were copied into it when it was started, or it is not one of ours
 */
export async function restartSession(
  cluster: Cluster,
  name: string,
  { signal: abort, onProgress = () => {}, onWarning = () => {}, gracePeriodSeconds = 5 }: RestartOptions,
): Promise<Session> {
  const { settings } = cluster
  const { items } = await podsOf(cluster, name, abort)
  const earlier = items.find(mayRun) ?? items[0]
  if (earlier === undefined)
    throw new SessionNotFound(name, { why: `there is none in namespace ${settings.namespace}` })
  const again = successor(name, earlier)
  onProgress('ending what runs')
  const limit = settings.timeouts.start + gracePeriodSeconds * 1000
  return withDeadline(limit, `cannot restart session "${name}"`, abort, async (signal) => {
    await stopSession(cluster, name, gracePeriodSeconds, signal)
    const config = {}
    const paths = podPaths(config, workspaceOf(settings).root)
    const plan = { sources: [], city: undefined, preStart: [] }
    const pod = await createPod(cluster, name, again, signal)
    try {
      return await bringUp(cluster, pod, { name, mode: 'start', config, paths, plan, onProgress, onWarning }, signal)
    } catch (error) {
      await rollBack(cluster, pod, onWarning, abort)
      throw error
    }
  })
}

/** The same pod once more, without what belonged to the one that was. */
function successor(session: string, { metadata, spec }: Pod): (podName: string) => Pod {
  const agent = spec?.containers.find(({ name }) => name === CONTAINER)
  const refuse = (why: string) => {
    const suggestion = `kubectl gc stop ${session}, and start it as it was started before`
    return new InvalidArgument(`session "${session}" cannot be restarted: ${why}`, { suggestion })
  }
  if (spec === undefined || metadata?.labels?.[SUPERVISOR_LABEL] === undefined)
    throw refuse('its pod is not one of ours')
  const staged = isStaged(agent?.args ?? [])
  if (staged === undefined) throw refuse('its pod does not say how it was started')
  if (staged) throw refuse('files were copied into it when it was started')
  const { nodeName: _node, ephemeralContainers: _debug, ...rest } = spec
  const kept = Object.entries(metadata.annotations ?? {}).filter(([key]) => !key.startsWith(META_ANNOTATION_PREFIX))
  const annotations = { ...Object.fromEntries(kept), [START_ID_ANNOTATION]: randomUUID() }
  const { namespace, labels } = metadata
  return (name) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels, annotations },
    spec: rest,
  })
}
