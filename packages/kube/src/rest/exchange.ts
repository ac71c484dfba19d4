import type { Agent, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { isEstablished } from './agent.ts'
import { connectionError } from './connection-error.ts'
import { http, https } from './node-http.ts'

/** One HTTP request, its path relative to the API server's URL. */
export interface Message {
  method: string
  path: string
  headers?: OutgoingHttpHeaders | undefined
  body?: string | undefined
}

/** An absolute path on the server, below the URL's own path when it has one. */
export function pathOn(server: URL, path: string): string {
  return server.pathname.replace(/\/+$/, '') + path
}

/**
 * Sends one request and resolves with the beginning of the answer, whatever its status. The signal frees the socket
 * until the body has been read.
 * @throws {ConnectionError} there was no answer; `sent` tells whether the request may have been carried out
 */
export function exchange(
  server: URL,
  agent: Agent,
  message: Message,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const { request } = server.protocol === 'https:' ? https : http
    const headers: OutgoingHttpHeaders = { ...message.headers }
    if (message.body !== undefined) headers['content-length'] = Buffer.byteLength(message.body)
    const sent = request({
      host: server.hostname.replace(/^\[|\]$/g, ''),
      port: server.port || undefined,
      method: message.method,
      path: pathOn(server, message.path),
      headers,
      agent,
    })
    const writes = message.method !== 'GET'
    const abort = () => sent.destroy()
    signal?.addEventListener('abort', abort, { once: true })
    sent.once('close', () => signal?.removeEventListener('abort', abort))
    sent.once('response', resolve)
    sent.once('error', (cause) => {
      reject(
        signal?.aborted ? signal.reason : connectionError(cause, server.origin, isEstablished(sent.socket), writes),
      )
    })
    sent.end(message.body)
  })
}

/**
 * The whole body as text.
 * @throws {ConnectionError} it was cut
 */
export async function readText(
  response: IncomingMessage,
  server: URL,
  signal?: AbortSignal,
  writes = false,
): Promise<string> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of response) chunks.push(chunk)
  } catch (cause) {
    throw signal?.aborted ? signal.reason : connectionError(cause, server.origin, true, writes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
