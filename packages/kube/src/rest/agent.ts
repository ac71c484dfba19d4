import type { Agent } from 'node:http'
import type { AgentOptions } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import * as tls from 'node:tls'
import type { Credentials } from '../identity/credentials.ts'
import type { Identity } from '../identity/identity.ts'
import { http, https } from './node-http.ts'
import { tunnel } from './tunnel.ts'

const idleLife = 60_000
const keepAlive = { keepAlive: true, keepAliveMsecs: 30_000, scheduling: 'lifo', maxFreeSockets: 16 } as const

type Connected = (error: Error | null, stream: Duplex) => void
type Connect = (options: object, callback: Connected) => Duplex | null | undefined

const established = new WeakSet<object>()

/** Whether this socket's TCP and TLS handshakes are done, so that a request may have left through it. */
export function isEstablished(socket: object | null | undefined): boolean {
  return socket !== null && socket !== undefined && established.has(socket)
}

/**
 * The connection pool of one client with one set of certificates. A connection that is not up after
 * `connectTimeout` milliseconds fails with code `CONNECT_TIMEOUT`; idle ones close after a minute.
 */
export function createAgent(identity: Identity, credentials: Credentials, connectTimeout: number): Agent {
  const secure = identity.server.protocol === 'https:'
  const agent = secure ? new https.Agent(tlsOptions(identity, credentials)) : new http.Agent(keepAlive)
  const connect = agent.createConnection.bind(agent) as unknown as Connect
  const keep = (agent as unknown as { keepSocketAlive(socket: Socket): boolean }).keepSocketAlive.bind(agent)
  const { proxy } = identity

  const direct: Connect = (options, callback) => {
    const socket = connect(options, callback)
    if (socket) guard(socket as Socket, secure ? 'secureConnect' : 'connect', connectTimeout)
    return socket
  }
  const proxied: Connect = (options, callback) => {
    tunnel(proxy as URL, identity.server, connectTimeout).then(
      (socket) => {
        if (!secure) {
          established.add(socket)
          return callback(null, socket)
        }
        const stream = connect({ ...options, socket }, () => {}) as Socket
        guard(stream, 'secureConnect', connectTimeout)
        callback(null, stream)
      },
      (error) => callback(error, undefined as unknown as Duplex),
    )
    return undefined
  }
  return Object.assign(agent, {
    createConnection: proxy ? proxied : direct,
    keepSocketAlive: (socket: Socket) => {
      socket.setTimeout(idleLife)
      return keep(socket)
    },
  })
}

function tlsOptions(identity: Identity, credentials: Credentials): AgentOptions {
  const { ca, verify, serverName } = identity.tls
  return {
    ...keepAlive,
    rejectUnauthorized: verify,
    ...(serverName === undefined ? {} : { servername: serverName }),
    secureContext: secureContext(ca, verify, credentials),
  }
}

function secureContext(ca: string | undefined, verify: boolean, { cert, key }: Credentials): tls.SecureContext {
  const roots = ca ?? (verify ? systemRoots() : undefined)
  return tls.createSecureContext({ ...(roots && { ca: roots }), ...(cert && { cert }), ...(key && { key }) })
}

function systemRoots(): string[] | undefined {
  // Not every runtime that runs this has it; those without use their own roots.
  const read = tls.getCACertificates as typeof tls.getCACertificates | undefined
  return read && [...read('default'), ...read('system')]
}

function guard(socket: Socket, ready: 'connect' | 'secureConnect', timeout: number): void {
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error(`no connection within ${timeout} ms`), { code: 'CONNECT_TIMEOUT' }))
  }, timeout)
  socket.once(ready, () => {
    clearTimeout(timer)
    established.add(socket)
  })
  socket.once('close', () => clearTimeout(timer))
}
