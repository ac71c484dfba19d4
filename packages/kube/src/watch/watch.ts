import type { WatchEvent, WatchOptions } from '../client.ts'
import { isApiError } from '../errors.ts'
import type { KubernetesObject, Resource } from '../objects.ts'
import { statusError } from '../rest/api-error.ts'
import { pause } from '../rest/deadline.ts'
import { listObjects } from '../rest/list.ts'
import type { Transport } from '../rest/transport.ts'
import { Backoff } from './backoff.ts'
import { Memory } from './memory.ts'
import { Throttled, watchOnce } from './stream.ts'

const tooShort = 1000
const incurable = [401, 403, 404]

/**
 * Yields changes for as long as `ended` does not abort: lists, watches, and after any interruption goes on from the last
 * version seen; when that has expired, lists again and yields the difference.
 * @throws what the first contact with the API server throws; later only ApiErrors that cannot heal (401, 403, 404)
 */
export async function* watchObjects<T extends KubernetesObject>(
  transport: Transport,
  resource: Resource<T>,
  options: WatchOptions,
  ended: AbortSignal,
): AsyncGenerator<WatchEvent<T>> {
  const memory = new Memory<T>()
  const backoff = new Backoff()
  let version = options.resourceVersion
  let reached = false
  while (true) {
    let rest = 0
    const began = Date.now()
    let heard = false
    try {
      if (version === undefined) {
        const list = await listObjects(transport, resource, { ...options, signal: ended })
        reached = true
        version = list.resourceVersion
        yield* memory.difference(list.items)
      }
      for await (const frame of watchOnce(transport, resource, options, version, ended)) {
        reached = true
        if (frame.type === 'ERROR') throw statusError(frame.object)
        heard = true
        version = frame.object.metadata?.resourceVersion ?? version
        if (frame.type === 'BOOKMARK') continue
        memory.note(frame)
        yield frame
      }
      reached = true
      if (!heard && Date.now() - began < tooShort) rest = backoff.step()
    } catch (failure) {
      if (ended.aborted) throw ended.reason
      const error = failure instanceof Throttled ? failure.cause : failure
      const answered = isApiError(error)
      if (answered && incurable.includes(error.code)) throw error
      if (!reached && !answered) throw error
      reached = true
      if (answered && (error.code === 410 || error.reason === 'Expired')) {
        version = undefined
        if (heard || Date.now() - began >= tooShort) continue
      }
      rest = Math.max(backoff.step(), failure instanceof Throttled ? failure.wait : 0)
    } finally {
      options.onLive?.(false)
    }
    if (rest > 0) await pause(rest, ended)
  }
}
