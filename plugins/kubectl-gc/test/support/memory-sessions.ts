import { EventEmitter, on } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import {
  cityLabel,
  type ImageCheck,
  type KubernetesSessionProvider,
  type RunningCommand,
  Session,
  type SessionChange,
  type SessionInfo,
  SessionNotFound,
  type SessionProvider,
  type StartConfig,
} from '@kubectl-gc/session-provider'
import type { SessionEvent } from '../../src/cluster/events.ts'
import type { Holding, Sessions } from '../../src/runtime.ts'

/** One session of the fake, open to what a test wants to change. */
export interface MemorySession {
  info: SessionInfo
  pane: string
  meta: Record<string, string>
  nudges: string[]
  keys: string[]
  log: string[]
  interrupts: number
  /** The label of its city. */
  city?: string | undefined
  fingerprint?: string | undefined
  end: () => void
  ended: Promise<void>
}

function sessionInfo(name: string, more: Partial<SessionInfo> = {}): SessionInfo {
  return {
    ...{ name, namespace: 'gc', phase: 'Running', reason: undefined, message: undefined, exitCode: undefined },
    ...{ agent: 'unknown', pod: name, image: 'gc-agent:latest', node: 'node-1', meta: {}, labels: {} },
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...more,
  }
}

/** Sessions that live in this process: a SessionProvider that does what its interface says and remembers everything. */
export class MemorySessions implements Sessions {
  readonly namespace = 'gc'
  readonly sessions = new Map<string, MemorySession>()
  readonly starts: unknown[] = []
  readonly restarts: string[] = []
  readonly previews: object[] = []
  readonly execs: unknown[] = []
  /** Of the terminals that commands were given. */
  readonly sizes: string[] = []
  readonly lists: object[] = []
  readonly logs: object[] = []
  readonly changes = new EventEmitter<{ change: [SessionChange] }>()
  counts: Map<string, number> | undefined = new Map()
  closed = false
  readonly provider = new MemoryProvider(this) as unknown as KubernetesSessionProvider

  add(name: string, more: Partial<SessionInfo> = {}): MemorySession {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const session = {
      info: sessionInfo(name, more),
      pane: '$ \n',
      meta: {},
      nudges: [],
      keys: [],
      log: [],
      interrupts: 0,
      ended,
      end,
    }
    this.sessions.set(name, session)
    return session
  }

  /** Tells those who watch of a change, after which the list says the same. */
  tell(type: SessionChange['type'], name: string, more: Partial<SessionInfo> = {}): void {
    const session = { ...(this.sessions.get(name) ?? this.add(name)).info, ...more }
    if (type === 'removed') this.sessions.delete(name)
    else this.add(name, session)
    this.changes.emit('change', { type, session })
  }

  async countByNamespace(): Promise<Map<string, number> | undefined> {
    return this.counts
  }

  async holdings(): Promise<Holding[]> {
    await Promise.resolve() // as for a server, another turn has come by the time of the answer
    if (this.closed) throw new Error('the client has been closed')
    const all = [...this.sessions.entries()]
    return all.map(([session, { info, city, fingerprint }]) => ({ session, pod: info.pod, city, fingerprint }))
  }

  /** Images that nodes can run. */
  readonly images = new Set(['gc-agent:latest'])

  /** What is told of each pod. */
  told: SessionEvent[] | undefined = []
  async events(): Promise<SessionEvent[] | undefined> {
    return this.told
  }

  usedUpQuotas: string[] = []
  readonly usedUp = async () => this.usedUpQuotas

  /** What the start of this session fails with. */
  readonly failures = new Map<string, Error>()

  exists = true
  readonly reachServer = async () => {}
  readonly namespaceExists = async () => this.exists

  async [Symbol.asyncDispose](): Promise<void> {
    this.closed = true
  }
}

class MemoryProvider implements Partial<Omit<SessionProvider, 'peek'>> {
  readonly #all: MemorySessions
  constructor(all: MemorySessions) {
    this.#all = all
  }

  #running(name: string): MemorySession {
    if (this.#all.closed) throw new Error('the client has been closed')
    const session = this.#all.sessions.get(name)
    if (session?.info.phase !== 'Running') throw new SessionNotFound(name)
    return session
  }

  #open(name: string): Session {
    const session = this.#running(name)
    const answer = (command: string) => (command.includes('window_activity') ? '1767229140' : session.pane)
    const run = async (command: string) => Buffer.from(answer(command))
    const tmux = { run, close() {}, closed: session.ended }
    return new Session(name, tmux as unknown as ConstructorParameters<typeof Session>[1])
  }

  async start(...[name, config, options]: Parameters<SessionProvider['start']>): Promise<Session> {
    this.#all.starts.push({ name, config })
    options?.onProgress?.(`waiting for ${name}`)
    const failure = this.#all.failures.get(name)
    if (failure !== undefined) throw failure
    const { GC_CITY: city, GC_CITY_CONFIG: fingerprint } = config?.env ?? {}
    Object.assign(this.#all.add(name), { city: city === undefined ? undefined : cityLabel(city), fingerprint })
    return this.#open(name)
  }

  async restart(name: string): Promise<Session> {
    if (!this.#all.sessions.has(name)) throw new SessionNotFound(name)
    this.#all.restarts.push(name)
    this.#all.add(name)
    return this.#open(name)
  }

  async preview(name: string, _config: StartConfig, options: { server: boolean; replace?: boolean }): Promise<object> {
    const { server, replace = false } = options
    const failure = server ? this.#all.failures.get(name) : undefined
    if (failure !== undefined) throw failure
    this.#all.previews.push({ name, server, replace })
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...(server ? { uid: '1' } : {}) } }
  }

  async sendKeys(name: string, keys: readonly string[]): Promise<void> {
    this.#running(name).keys.push(...keys)
  }

  async stop(name: string): Promise<boolean> {
    return this.#all.sessions.delete(name)
  }

  async open(name: string): Promise<Session> {
    return this.#open(name)
  }

  async isRunning(name: string): Promise<boolean> {
    return !this.#all.closed && this.#all.sessions.get(name)?.info.phase === 'Running'
  }

  async listRunning(): Promise<string[]> {
    return [...this.#all.sessions.keys()].sort()
  }

  async *watch({ signal }: { signal?: AbortSignal } = {}): AsyncGenerator<SessionChange> {
    const changes = on(this.#all.changes, 'change', { signal })
    for (const { info } of [...this.#all.sessions.values()]) yield { type: 'added', session: info }
    try {
      for await (const [change] of changes) yield change
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    }
  }

  async list(options?: object): Promise<SessionInfo[]> {
    if (options !== undefined) this.#all.lists.push(options)
    return [...this.#all.sessions.values()].map(({ info }) => info)
  }

  async checkImage(image: string): Promise<ImageCheck> {
    const available = this.#all.images.has(image)
    return available ? { available } : { available, reason: 'ErrImagePull', message: `"${image}" cannot be pulled` }
  }

  async describe(name: string): Promise<SessionInfo | undefined> {
    return this.#all.sessions.get(name)?.info
  }

  async nudge(name: string, text: string | Uint8Array): Promise<void> {
    this.#running(name).nudges.push(Buffer.from(text as string).toString())
  }

  async peek(...[name, options]: Parameters<SessionProvider['peek']>): Promise<string> {
    const rows = this.#running(name).pane.trimEnd().split('\n')
    return `${rows.slice(-(options?.lines || rows.length)).join('\n')}\n`
  }

  async lastActivity(name: string): Promise<Date> {
    this.#running(name)
    return new Date('2026-01-01T01:59:00Z')
  }

  async isAttached(name: string): Promise<boolean> {
    this.#running(name)
    return false
  }

  async interrupt(name: string): Promise<void> {
    this.#running(name).interrupts += 1
  }

  async setMeta(name: string, key: string, value: string): Promise<void> {
    this.#running(name).meta[key] = value
  }

  async getMeta(name: string, key: string): Promise<string | undefined> {
    return this.#running(name).meta[key]
  }

  async removeMeta(name: string, key: string): Promise<void> {
    delete this.#running(name).meta[key]
  }

  async listMeta(name: string): Promise<Record<string, string>> {
    return this.#running(name).meta
  }

  async attach(...[name, terminal]: Parameters<SessionProvider['attach']>): Promise<number> {
    this.#running(name)
    terminal.output.write(`${terminal.term} ${terminal.size().columns}x${terminal.size().rows}`)
    return 3
  }

  async spawn(...[name, command, options]: Parameters<SessionProvider['spawn']>): Promise<RunningCommand> {
    this.#running(name)
    this.#all.execs.push(command)
    if (options?.tty !== undefined) this.#all.sizes.push(`at first ${options.tty.columns}x${options.tty.rows}`)
    const stdin = new PassThrough()
    const stdout = options?.stdin === undefined ? stdin.pipe(new PassThrough()) : Readable.from([Buffer.from('out\n')])
    const wait = async () => finished(stdout).then(() => 7)
    return {
      stdin,
      stdout,
      stderr: Readable.from([Buffer.from('err\n')]),
      wait,
      resize: (columns, rows) => void this.#all.sizes.push(`${columns}x${rows}`),
      async kill() {},
      async [Symbol.asyncDispose]() {},
    }
  }

  async *logs(...[name, options]: Parameters<SessionProvider['logs']>): AsyncGenerator<Uint8Array> {
    const { signal: _, ...part } = options ?? {}
    this.#all.logs.push(part)
    for (const line of this.#all.sessions.get(name)?.log ?? []) yield Buffer.from(line)
  }

  async close(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}
