import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'

/** An API server that holds pods, lists and watches them. It stands in for a cluster where a test counts requests. */
export class ApiServer implements AsyncDisposable {
  readonly url: string
  /** Method and URL of each request. */
  readonly requests: string[] = []
  /** Fires when the client of an unanswered request leaves. */
  readonly left: Promise<void>
  /** What becomes of requests but watches. */
  mode: 'answer' | 'fail' | 'hang' = 'answer'
  readonly #pods = new Map<string, Pod>()
  readonly #watches = new Set<ServerResponse>()
  readonly #close: () => Promise<unknown>
  #version = 100
  #leave!: () => void

  private constructor(server: ReturnType<typeof createServer>) {
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    this.left = new Promise((resolve) => {
      this.#leave = resolve
    })
    server.on('request', (request, response) => this.#serve(request, response))
    this.#close = () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }
  }

  static async open(): Promise<ApiServer> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new ApiServer(server)
  }

  get watchCount(): number {
    return this.#watches.size
  }

  /** A running session of ours, told to the watches unless it is `unseen`. */
  put(session: string, unseen = false, change: Partial<Pod['metadata']> = {}): Pod {
    this.#version += 1
    const pod: Pod = {
      metadata: {
        ...{ name: session, namespace: 'gc', uid: `uid-${session}`, resourceVersion: String(this.#version) },
        labels: { app: 'gc-agent', 'gc-session': session, 'kubectl-gc.dev/supervisor': 'start' },
        annotations: { 'gc-session-name': session },
        ...change,
      },
      spec: { nodeName: 'node', containers: [] },
      status: { phase: 'Running' },
    }
    const type = this.#pods.has(session) ? 'MODIFIED' : 'ADDED'
    this.#pods.set(session, pod)
    if (!unseen) this.#tell(type, pod)
    return pod
  }

  remove(session: string, unseen = false): void {
    const pod = this.#pods.get(session)
    this.#pods.delete(session)
    if (pod !== undefined && !unseen) this.#tell('DELETED', pod)
  }

  /** Cuts every watch; they come again. */
  cutWatches(): void {
    for (const watch of this.#watches) watch.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close()
  }

  #tell(type: string, object: Pod): void {
    for (const watch of this.#watches) watch.write(`${JSON.stringify({ type, object })}\n`)
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', this.url)
    this.requests.push(`${request.method} ${url.pathname}${url.search}`)
    if (url.searchParams.get('watch') === 'true') {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
      this.#watches.add(response)
      response.on('close', () => this.#watches.delete(response))
    } else if (this.mode === 'hang') {
      request.socket.on('close', () => this.#leave())
    } else if (this.mode === 'fail') {
      const status = { kind: 'Status', status: 'Failure', code: 403, reason: 'Forbidden', message: 'pods is forbidden' }
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify(status))
    } else {
      const named = url.searchParams.has('fieldSelector')
      const wanted = /gc-session=([^,]+)/.exec(url.searchParams.get('labelSelector') ?? '')?.[1]
      const all = [...this.#pods].filter(([name]) => !named && (wanted === undefined || wanted === name))
      const items = all.map(([, pod]) => pod)
      const metadata = { resourceVersion: String(this.#version) }
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items }))
    }
  }
}
