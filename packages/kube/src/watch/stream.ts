import type { WatchOptions } from '../client.ts'
import { KubeError, TimeoutError } from '../errors.ts'
import type { KubernetesObject, Resource, Status } from '../objects.ts'
import { apiError } from '../rest/api-error.ts'
import { readText } from '../rest/exchange.ts'
import { collectionPath, query } from '../rest/path.ts'
import { retryAfter } from '../rest/retry.ts'
import type { Transport } from '../rest/transport.ts'
import { Countdown } from './countdown.ts'
import { lines } from './lines.ts'

const shortestWatch = 300
const grace = 30_000
const bookmarkSilence = 180_000

/** A line of a watch's answer. */
export type Frame<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; object: KubernetesObject }
  | { type: 'ERROR'; object: Status }

/** The API server asks for `wait` milliseconds of rest. */
export class Throttled extends KubeError {
  static override readonly name: string = 'Throttled'

  readonly wait: number
  constructor(wait: number, cause: unknown) {
    super('the API server asks to wait', { cause })
    this.wait = wait
  }
}

/**
 * One watch request, from `version` until the server ends it, which it is asked to do after 5 to 10 minutes. The
 * stream counts as dead when that is 30 s overdue, or when a server that sends bookmarks (each minute) has been silent
 * for three.
 * @param ended calls off the request and frees its socket
 */
export async function* watchOnce<T extends KubernetesObject>(
  transport: Transport,
  resource: Resource<T>,
  { namespace, labelSelector, fieldSelector, onLive }: WatchOptions,
  version: string,
  ended: AbortSignal,
): AsyncGenerator<Frame<T>> {
  const timeoutSeconds = Math.floor(shortestWatch * (1 + Math.random()))
  const search = { watch: true, allowWatchBookmarks: true, resourceVersion: version, timeoutSeconds }
  const path = collectionPath(resource, namespace) + query({ ...search, labelSelector, fieldSelector })
  await transport.authenticated(ended)

  const controller = new AbortController()
  const abort = () => controller.abort(ended.reason)
  ended.addEventListener('abort', abort, { once: true })
  const late = (ms: number) => controller.abort(new TimeoutError(`no sign of life within ${ms} ms on ${path}`))
  const answer = new Countdown(transport.options.requestTimeout, late)
  const whole = new Countdown(timeoutSeconds * 1000 + grace, late)
  let silence: Countdown | undefined
  try {
    ended.throwIfAborted()
    const response = await transport.open({ method: 'GET', path }, controller.signal)
    answer.stop()
    if ((response.statusCode ?? 0) >= 400) {
      const text = await readText(response, transport.server, controller.signal)
      const error = apiError(response.statusCode ?? 0, text, { method: 'GET', url: path })
      const wait = retryAfter(response.headers)
      throw wait === undefined ? error : new Throttled(wait, error)
    }
    onLive?.(true)
    for await (const line of lines(response)) {
      silence?.restart()
      const frame = JSON.parse(line) as Frame<T>
      if (frame.type === 'BOOKMARK') silence ??= new Countdown(bookmarkSilence, late)
      yield frame
    }
  } finally {
    for (const countdown of [answer, whole, silence]) countdown?.stop()
    ended.removeEventListener('abort', abort)
    controller.abort()
  }
}
