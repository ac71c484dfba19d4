import type { LogOptions } from '../client.ts'
import { StreamCutError, TimeoutError } from '../errors.ts'
import { resource } from '../objects.ts'
import { apiError } from './api-error.ts'
import { withDeadline } from './deadline.ts'
import { readText } from './exchange.ts'
import { objectPath, query } from './path.ts'
import type { Transport } from './transport.ts'

const pods = resource('', 'v1', 'pods')

/**
 * A container's log in the chunks in which it comes.
 * @throws {StreamCutError} the connection was lost before the end
 */
export async function* readLogs(
  transport: Transport,
  pod: { name: string; namespace: string },
  options: LogOptions,
  ended: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { container, follow, tailLines, timestamps, previous, sinceSeconds, limitBytes } = options
  const sinceTime = options.sinceTime?.toISOString()
  const search = query({ container, follow, tailLines, timestamps, previous, sinceSeconds, sinceTime, limitBytes })
  const path = `${objectPath(pods, pod.name, pod.namespace)}/log${search}`
  const controller = new AbortController()
  const abort = () => controller.abort(ended.reason)
  if (ended.aborted) throw ended.reason
  ended.addEventListener('abort', abort, { once: true })
  try {
    const timeout = transport.options.requestTimeout
    const late = () => {
      const error = new TimeoutError(`no answer within ${timeout} ms to GET ${path}`)
      controller.abort(error)
      return error
    }
    const headers = { accept: '*/*' }
    const response = await withDeadline({ signal: ended, timeout, late }, () =>
      transport.open({ method: 'GET', path, headers }, controller.signal),
    )
    const status = response.statusCode ?? 0
    if (status >= 400) {
      throw apiError(status, await readText(response, transport.server, ended), { method: 'GET', url: path })
    }
    try {
      for await (const chunk of response) yield chunk as Buffer
    } catch (cause) {
      if (ended.aborted) throw ended.reason
      throw new StreamCutError(`the log of pod ${pod.namespace}/${pod.name} was cut`, {
        cause,
        suggestion: 'Ask again; sinceSeconds skips what you have.',
      })
    }
  } finally {
    ended.removeEventListener('abort', abort)
    controller.abort()
  }
}
