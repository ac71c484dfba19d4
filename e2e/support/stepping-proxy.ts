import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { succeed } from './run.ts'

/** A way to the lab's API server on which a program can be stopped at each of its steps. */
export interface SteppingProxy extends AsyncDisposable {
  /** The path of a kubeconfig that goes this way. */
  kubeconfig: string
  /** Breaks every connection that is open, and while `down` takes none. */
  cut(down?: boolean): void
}

/**
 * Passes everything on, and tells of each request, answer and piece of an open stream before it is passed on.
 * @param onStep told what comes next: `POST pods`, `201`, `exec opens`, `to exec`, `from exec`, `data`
 */
export async function steppingProxy(onStep: (step: string) => void): Promise<SteppingProxy> {
  const upstream = await identity()
  const server = createServer((incoming, response) => pass(upstream, incoming, response, onStep))
  server.on('upgrade', (incoming, socket) => passExec(upstream, incoming, socket, onStep))
  const sockets = new Set<Socket>()
  let isDown = false
  server.on('connection', (socket) => {
    if (isDown) return socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const folder = await mkdtemp(join(tmpdir(), 'gc-proxy-'))
  const kubeconfig = join(folder, 'config')
  await writeFile(kubeconfig, configOf(url))
  return {
    kubeconfig,
    cut(down = false) {
      isDown = down
      for (const socket of sockets) socket.destroy()
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true })
    },
  }
}

function configOf(server: string): string {
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'c' },
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  })
}

/** The lab's API server, and who we are there. */
async function identity(): Promise<RequestOptions> {
  const config = JSON.parse(await succeed('kubectl', ['config', 'view', '--raw', '--minify', '-o', 'json']))
  const [{ cluster }] = config.clusters
  const [{ user }] = config.users
  const { hostname, port } = new URL(cluster.server)
  const decoded = (data: string | undefined) => (data === undefined ? undefined : Buffer.from(data, 'base64'))
  return {
    ...{ hostname, port, agent: false, ca: decoded(cluster['certificate-authority-data']) },
    ...{ cert: decoded(user['client-certificate-data']), key: decoded(user['client-key-data']) },
  }
}

function pass(upstream: RequestOptions, incoming: IncomingMessage, response: ServerResponse, step: Step) {
  step(`${incoming.method} ${incoming.url?.replace(/\?.*/, '').split('/').slice(6).join('/')}`)
  const { method, url: path, headers } = incoming
  const outgoing = request({ ...upstream, method, path, headers }, (answer) => {
    step(`${answer.statusCode}`)
    response.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders()
    answer.on('data', () => step('data')).pipe(response)
    answer.on('error', () => response.destroy())
  })
  outgoing.on('error', () => response.destroy())
  response.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}

type Step = (step: string) => void

function passExec(upstream: RequestOptions, incoming: IncomingMessage, client: Duplex, step: Step) {
  step('exec opens')
  const { method, url: path, headers } = incoming
  const outgoing = request({ ...upstream, method, path, headers })
  const open = (answer: IncomingMessage) => {
    step(`exec: ${answer.statusCode}`)
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`)
    client.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${lines.join('')}\r\n`)
  }
  outgoing.on('response', (answer) => {
    open(answer)
    answer.pipe(client)
  })
  outgoing.on('upgrade', (answer, server: Socket, head: Buffer) => {
    open(answer)
    client.write(head)
    connect(server, client, () => step('from exec'))
    connect(client, server, () => step('to exec'))
  })
  outgoing.on('error', () => client.destroy())
  client.on('error', () => outgoing.destroy())
  outgoing.end()
}

function connect(from: Duplex, to: Duplex, onData: () => void): void {
  from.on('data', onData).pipe(to)
  from.on('error', () => to.destroy())
  from.on('close', () => to.destroy())
}
