import { rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { Carrier } from './carry.ts'
import { Clock } from './clock.ts'
import { type Listening, listen } from './listen.ts'
import { Providers } from './providers.ts'
import { BROKER_CHANGED, BROKER_STATUS, BROKER_STOP, type Hello } from './request.ts'
import { type Exchange, serveConnection } from './serve-connection.ts'
import { lockPath } from './spawn.ts'
import type { BrokerStatus } from './status.ts'
import { Streams } from './streams.ts'
import { PROTOCOL } from './version.ts'

/** Milliseconds between looks at whether it is still needed. */
const LOOK = 5000

/** Milliseconds for what is under way to end where nobody is in a hurry: longer than a start takes. */
const LEISURE = 90_000

/** Milliseconds for what is under way to end once the process is told to, and then for it to be undone. */
export const HURRY = 2000
const UNDOING = 3000

/** Milliseconds for looking at a session that somebody else has changed. */
const REFRESH = 2000

export interface BrokerOptions {
  directory: string
  key: string
  version: string
  /** The API server's URL. */
  server: string
  /** The environment that makes the identity. */
  env: NodeJS.ProcessEnv
  /** Milliseconds without a request after which it leaves. */
  idle: number
  /** Control streams that it keeps. */
  streams: number
  /** Whether the program that this process runs is still the one that is installed. */
  isCurrent: () => boolean
}

/** One process that keeps streams, connections and watches for all others of its identity. */
export class Broker {
  /** Settles when it may leave. */
  readonly over: Promise<void>
  readonly #options: BrokerOptions
  readonly #streams: Streams
  readonly #providers: Providers
  readonly #carrier: Carrier
  readonly #clock = new Clock()
  readonly #born = Date.now()
  readonly #clients = new Set<Socket>()
  readonly #running = new Set<Promise<unknown>>()
  readonly #look: NodeJS.Timeout
  #listening: Listening | undefined
  #served = 0
  #lastUse = Date.now()
  #end!: () => void

  private constructor(options: BrokerOptions) {
    this.#options = options
    this.#streams = new Streams(options.streams)
    this.#providers = new Providers(options.env, this.#streams)
    this.#carrier = new Carrier(this.#providers, options.server)
    this.over = new Promise((resolve) => {
      this.#end = resolve
    })
    this.#look = setInterval(() => this.#leaveIfUnneeded(), Math.min(LOOK, options.idle))
  }

  /** Begins to serve. From here on clients find it by its key. */
  static async open(options: BrokerOptions): Promise<Broker> {
    const broker = new Broker(options)
    const { directory, key } = options
    broker.#listening = await listen(directory, key, (socket) => broker.#serve(socket))
    rmSync(lockPath(directory, key), { force: true })
    return broker
  }

  /**
   * Takes no more requests, gives those under way their time, has the rest undone, and leaves.
   * @param time milliseconds
   */
  async finish(time = LEISURE): Promise<void> {
    this.#listening?.close()
    this.#listening = undefined
    clearInterval(this.#look)
    await within(time, Promise.allSettled(this.#running))
    for (const socket of this.#clients) socket.destroySoon()
    await within(UNDOING, Promise.allSettled([...this.#running, this.#providers.settled()]))
    await this.#providers.reset()
    this.#end()
  }

  #serve(socket: Socket): void {
    if (this.#listening === undefined || !this.#options.isCurrent()) {
      socket.destroy()
      void this.finish()
      return
    }
    this.#clients.add(socket)
    socket.on('close', () => {
      this.#clients.delete(socket)
      this.#lastUse = Date.now()
    })
    const hello: Hello = { protocol: PROTOCOL, version: this.#options.version, pid: process.pid }
    serveConnection(socket, hello, (exchange) => this.#carry(exchange))
  }

  async #carry(exchange: Exchange): Promise<number> {
    const { operation, name, env } = exchange.request
    if (operation === BROKER_STATUS) exchange.stdout.write(JSON.stringify(this.#status()))
    else if (operation === BROKER_STOP) setImmediate(() => this.finish())
    else if (operation === BROKER_CHANGED) {
      const memory = this.#providers.memoryOf(env.GC_K8S_NAMESPACE ?? '')
      await memory?.refresh(name, AbortSignal.timeout(REFRESH)).catch(() => memory.stop())
    } else return await this.#carryOut(exchange)
    return 0
  }

  async #carryOut(exchange: Exchange): Promise<number> {
    this.#served += 1
    if (this.#clock.hasJumped()) await this.#providers.reset()
    const running = this.#carrier.carry(exchange)
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }

  #status(): BrokerStatus {
    const { version, key, server } = this.#options
    return {
      ...{ pid: process.pid, version, key, server },
      uptimeSeconds: Math.round((Date.now() - this.#born) / 1000),
      requests: this.#served,
      streams: this.#streams.size,
      sessions: this.#providers.podCount,
      memoryBytes: process.memoryUsage.rss(),
    }
  }

  #leaveIfUnneeded(): void {
    const isIdle = this.#clients.size === 0 && Date.now() - this.#lastUse >= this.#options.idle
    if (isIdle || this.#listening?.isReached() !== true || !this.#options.isCurrent()) void this.finish()
  }
}

/** Waits for a promise that does not reject, no longer than so many milliseconds. */
async function within(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  const late = new AbortController()
  await Promise.race([promise, setTimeout(milliseconds, undefined, { signal: late.signal }).catch(() => {})])
  late.abort()
}
