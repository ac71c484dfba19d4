import type { ClientRequest, IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { KubeError, ProtocolError } from '../errors.ts'
import { isEstablished } from '../rest/agent.ts'
import { apiError } from '../rest/api-error.ts'
import { connectionError } from '../rest/connection-error.ts'
import { pathOn, readText } from '../rest/exchange.ts'
import type { Transport } from '../rest/transport.ts'

/** What a websocket is opened for, and the protocol that it must then speak. */
export interface Purpose {
  what: string
  protocol: string
}

/** An answer of 401, which fresh credentials may mend. */
class Refused extends KubeError {
  static override readonly name: string = 'Refused'
}

/**
 * Opens a websocket that speaks the protocol asked for, with renewed credentials when the first ones are refused.
 * @param listen makes the result of the socket before it opens, so that it misses no frame
 * @throws {ApiError} the API server refused the upgrade
 * @throws {ProtocolError} it chose another protocol
 * @throws {ConnectionError} it could not be reached
 */
export async function connect<T>(
  transport: Transport,
  path: string,
  purpose: Purpose,
  signal: AbortSignal,
  listen: (socket: WebSocket) => T,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const { agent, headers, credentials } = await transport.authenticated(signal)
    try {
      return await upgrade(transport, path, purpose, { agent, headers }, signal, listen)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (tries > 1 || !(await transport.renew(credentials, signal))) throw error.cause
    }
  }
}

function upgrade<T>(
  transport: Transport,
  path: string,
  { what, protocol }: Purpose,
  options: object,
  signal: AbortSignal,
  listen: (socket: WebSocket) => T,
): Promise<T> {
  const { server } = transport
  const url = server.origin.replace(/^http/, 'ws') + pathOn(server, path)
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    let request: ClientRequest | undefined
    const finishRequest = (prepared: ClientRequest) => {
      request = prepared
      prepared.end()
    }
    const settings = { ...options, finishRequest, perMessageDeflate: false, followRedirects: false }
    const socket = new WebSocket(url, protocol, settings)
    const settle = (act: () => void) => {
      signal.removeEventListener('abort', abort)
      act()
    }
    const fail = (error: unknown) => settle(() => reject(error))
    const abort = () => {
      fail(signal.reason)
      socket.terminate()
    }
    signal.addEventListener('abort', abort, { once: true })
    socket.once('upgrade', (response) => {
      const chosen = response.headers['sec-websocket-protocol']
      if (chosen === protocol) return
      fail(otherProtocol(chosen, server.origin, { what, protocol }))
      socket.terminate()
    })
    socket.once('unexpected-response', (request, response) => {
      refusal(response, transport, path)
        .then(fail, fail)
        .finally(() => request.destroy())
    })
    socket.on('error', (cause) => {
      fail(connectionError(cause, server.origin, isEstablished(request?.socket), true))
    })
    const result = listen(socket)
    socket.once('open', () => settle(() => resolve(result)))
  })
}

async function refusal(response: IncomingMessage, transport: Transport, path: string): Promise<KubeError> {
  const status = response.statusCode ?? 0
  const error = apiError(status, await readText(response, transport.server), { method: 'GET', url: path })
  return status === 401 ? new Refused(error.message, { cause: error }) : error
}

function otherProtocol(chosen: string | undefined, server: string, { what, protocol }: Purpose): ProtocolError {
  const offer = chosen === undefined ? 'no protocol' : `the protocol ${chosen}`
  return new ProtocolError(`the API server ${server} offers ${offer} for ${what}, not ${protocol}`, {
    suggestion: 'Kubernetes 1.30 or later is needed; see the server with `kubectl version`.',
  })
}
