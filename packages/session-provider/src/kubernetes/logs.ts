import { setTimeout } from 'node:timers/promises'
import { isApiError } from '@kubectl-gc/kube'
import { InvalidArgument, SessionNotFound } from '../errors.ts'
import type { LogOptions } from '../provider.ts'
import { type Cluster, nameOf, podsOf } from './cluster.ts'
import { CONTAINER } from './labels.ts'

/** Milliseconds that the API server may take to hear that a container runs: a session is usable some 300 before. */
const LAG = 3000
const LOOK_AGAIN = 100

/** What a session's container has printed, which is the mirrored pane; of a finished session too. */
export async function* sessionLogs(cluster: Cluster, name: string, options: LogOptions): AsyncGenerator<Uint8Array> {
  const { items } = await podsOf(cluster, name, options.signal)
  const [pod] = items
  if (pod === undefined)
    throw new SessionNotFound(name, { why: `there is none in namespace ${cluster.settings.namespace}` })
  const latest = performance.now() + LAG
  for (;;) {
    try {
      yield* cluster.client.logs(nameOf(pod), { ...options, container: CONTAINER })
      return
    } catch (error) {
      if (options.previous && isApiError(error, 'BadRequest')) throw noEarlierLog(name, error)
      if (!isStarting(error) || performance.now() > latest) throw error
    }
    await setTimeout(LOOK_AGAIN)
    options.signal?.throwIfAborted()
  }
}

/** The API server's words while it has not heard that the container runs. */
function isStarting(error: unknown): boolean {
  return isApiError(error, 'BadRequest') && (error as Error).message.includes('waiting to start: ContainerCreating')
}

function noEarlierLog(name: string, cause: unknown): InvalidArgument {
  return new InvalidArgument(`the container of session "${name}" has not been started again: it has no earlier log`, {
    suggestion: `what it has printed since it started: kubectl gc logs ${name}`,
    cause,
  })
}
