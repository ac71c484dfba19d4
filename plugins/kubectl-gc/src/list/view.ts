import type { SessionChange, SessionInfo } from '@kubectl-gc/session-provider'
import { hasColour } from '../output/colour.ts'
import type { Format } from '../output/format.ts'
import { isObjectFormat, printSession, printSessions } from '../output/print-sessions.ts'
import { sessionTable } from '../output/session-table.ts'
import type { Runtime, Sessions } from '../runtime.ts'
import { askLive } from './live.ts'

/** How a list of sessions is shown. */
export interface ViewOptions {
  format: Format
  sessions: Sessions
  allNamespaces: boolean
  headers: boolean
  labels: boolean
  runtime: Runtime
  /** The sessions of another namespace. */
  openIn: (namespace: string) => Promise<Sessions>
}

/** Shows sessions in the format that was asked for, and keeps open what it asks them through. */
export class ListView implements AsyncDisposable {
  readonly options: ViewOptions
  readonly #opened = new Map<string, Promise<Sessions>>()
  readonly #widths: number[] = []
  #headed = false

  constructor(options: ViewOptions) {
    this.options = options
  }

  /** Whether it is for people, and not for programs. */
  get isTable(): boolean {
    return !isObjectFormat(this.options.format)
  }

  /** Milliseconds after which it is not true any more: ages grow, and what sessions do is asked again. */
  get interval(): number {
    return this.options.format.kind === 'wide' ? 5000 : 1000
  }

  /** All of them. */
  show(sessions: SessionInfo[]): Promise<string> {
    const { format, headers } = this.options
    this.#headed = true
    return isObjectFormat(format) ? printSessions(format, sessions, headers) : this.#table(sessions, headers)
  }

  /** A change to one of them, below what has been shown. */
  showChange({ type, session }: SessionChange): Promise<string> {
    const { format } = this.options
    const headers = this.options.headers && !this.#headed
    this.#headed = true
    if (isObjectFormat(format)) return printSession(format, session, headers)
    return this.#table([type === 'removed' ? { ...session, reason: 'Deleted' } : session], headers)
  }

  async #table(sessions: SessionInfo[], headers: boolean): Promise<string> {
    const { format, runtime, allNamespaces, labels } = this.options
    const wide = format.kind === 'wide'
    const live = wide ? await askLive(sessions, (namespace) => this.#providerOf(namespace), runtime.signal) : undefined
    return sessionTable(sessions, {
      ...{ now: runtime.now(), wide, headers, labels, namespaces: allNamespaces, widths: this.#widths },
      colour: hasColour(runtime.stdout, runtime.env),
      ...(live === undefined ? {} : { live }),
    })
  }

  async #providerOf(namespace: string) {
    const { sessions, allNamespaces, openIn } = this.options
    if (!allNamespaces) return sessions.provider
    const opened = this.#opened.get(namespace) ?? openIn(namespace)
    this.#opened.set(namespace, opened)
    return (await opened).provider
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = await Promise.allSettled(this.#opened.values())
    for (const each of opened) if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]()
  }
}
