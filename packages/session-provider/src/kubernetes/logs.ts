import { SessionNotFound } from '../errors.ts'
import type { LogOptions } from '../provider.ts'
import { type Cluster, nameOf, podsOf } from './cluster.ts'
import { CONTAINER } from './labels.ts'

/** What a session's container has printed, which is the mirrored pane; of a finished session too. */
export async function* sessionLogs(cluster: Cluster, name: string, options: LogOptions): AsyncGenerator<Uint8Array> {
  const { items } = await podsOf(cluster, name, options.signal)
  const [pod] = items
  if (pod === undefined)
    throw new SessionNotFound(name, { why: `there is none in namespace ${cluster.settings.namespace}` })
  yield* cluster.client.logs(nameOf(pod), { ...options, container: CONTAINER })
}
