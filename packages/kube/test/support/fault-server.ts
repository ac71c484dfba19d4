import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** A request as the server saw it. */
export interface Seen {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
}

export type Reply = (response: ServerResponse, request: Seen) => void
export type ExecScript = (socket: WebSocket, request: Seen) => void

/**
 * An API server that does as it is told: each request to a route takes the next of its replies, and the last reply
 * stays. Nothing in it depends on time or chance.
 */
export class FaultServer {
  readonly requests: Seen[] = []
  /** How many connections have been opened, and how many are open. */
  connections = { opened: 0, open: 0 }
  /** What the server answers to an offer of websocket protocols. */
  protocol: string | false = 'v5.channel.k8s.io'
  readonly #scheme: 'http' | 'https'
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #routes = new Map<string, Reply[]>()
  readonly #execs: ExecScript[] = []
  readonly #websockets = new WebSocketServer({ noServer: true, handleProtocols: () => this.protocol })

  constructor(tls?: { cert: string; key: string; ca?: string; requestCert?: boolean }) {
    this.#scheme = tls ? 'https' : 'http'
    this.#server = tls ? createTlsServer({ ...tls, rejectUnauthorized: false }) : createServer()
    this.#server.on('connection', (socket) => this.#count(socket))
    this.#server.on('request', (request, response) => void this.#answer(request, response))
    this.#server.on('upgrade', (request, socket, head) => {
      const seen = see(request, '')
      this.requests.push(seen)
      const reply = this.#next(`GET ${seen.path}`)
      if (reply) return refuse(reply, request, socket as Socket, seen)
      this.#websockets.handleUpgrade(request, socket, head, (websocket) => {
        const script = this.#execs.length > 1 ? this.#execs.shift() : this.#execs[0]
        script?.(websocket, seen)
      })
    })
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`
  }

  /** Sets the replies of a route, for example `on('GET /api/v1/pods', json({}))`. */
  on(route: string, ...replies: Reply[]): this {
    this.#routes.set(route, replies)
    return this
  }

  /** Sets what happens on the websockets of exec requests. */
  onExec(...scripts: ExecScript[]): this {
    this.#execs.splice(0, this.#execs.length, ...scripts)
    return this
  }

  /** The requests to one route so far. */
  to(route: string): Seen[] {
    return this.requests.filter(({ method, path }) => `${method} ${path}` === route)
  }

  /** Cuts every connection and goes away. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#websockets.close()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #count(socket: Socket): void {
    this.#sockets.add(socket)
    this.connections.opened++
    this.connections.open++
    socket.on('error', () => {})
    socket.once('close', () => {
      this.#sockets.delete(socket)
      this.connections.open--
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += chunk
    const seen = see(request, body)
    this.requests.push(seen)
    const reply = this.#next(`${seen.method} ${seen.path}`)
    if (reply) return reply(response, seen)
    response.writeHead(404).end('404 page not found')
  }

  #next(route: string): Reply | undefined {
    const replies = this.#routes.get(route)
    return replies && replies.length > 1 ? replies.shift() : replies?.[0]
  }
}

function see(request: IncomingMessage, body: string): Seen {
  const url = new URL(request.url ?? '', 'http://server')
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
  }
}

function refuse(reply: Reply, request: IncomingMessage, socket: Socket, seen: Seen): void {
  const collected = {
    head: '',
    writeHead(code: number, headers: Record<string, string> = {}) {
      const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
      collected.head = `HTTP/${request.httpVersion} ${code} Refused\r\n${lines.join('')}`
      return collected
    },
    end(text = '') {
      socket.end(`${collected.head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
    },
  }
  socket.once('end', () => socket.end()).resume()
  reply(collected as unknown as ServerResponse, seen)
}
