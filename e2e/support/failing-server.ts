import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

/** An API server of the tests that fails in one way. */
export interface FailingServer extends AsyncDisposable {
  url: string
}

/** Nothing listens there. */
export async function refusing(): Promise<FailingServer> {
  const server = await listening(createServer())
  await server[Symbol.asyncDispose]()
  return server
}

/** Takes connections and never says a word. */
export const silent = (): Promise<FailingServer> => listening(createServer())

/** Answers each request with a Status of this code. */
export function failing(code: number, reason: string, message: string): Promise<FailingServer> {
  return listening(createHttpServer((_request, response) => answer(response, code, status(code, reason, message))))
}

/** Breaks off each answer in its middle. */
export function cutting(): Promise<FailingServer> {
  const server = createHttpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
    response.write('{"kind":"PodList","items":[', () => response.destroy())
  })
  return listening(server)
}

/** Has one running session, and does this to whoever wants to exec in its pod. */
export function failingExec(session: string, exec: (socket: Socket) => void): Promise<FailingServer> {
  const pod = {
    metadata: { name: session, namespace: 'gc', uid: '1', labels: { app: 'gc-agent', 'gc-session': session } },
    spec: { nodeName: 'node', containers: [{ name: 'agent', image: 'agent' }] },
    status: { phase: 'Running' },
  }
  const server = createHttpServer((request, response) => {
    if (request.method === 'GET' && request.url?.startsWith('/api/v1/namespaces/gc/pods?') === true) {
      answer(response, 200, { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: [pod] })
    } else {
      answer(response, 404, status(404, 'NotFound', `${request.method} ${request.url} is not there`))
    }
  })
  server.on('upgrade', (_request, socket: Socket) => exec(socket))
  return listening(server)
}

function answer(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function status(code: number, reason: string, message: string): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }
}

async function listening(server: Server): Promise<FailingServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}) // the client may go away in the middle
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
