import type { Agent, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { KubeError, TimeoutError } from '../errors.ts'
import type { Credentials } from '../identity/credentials.ts'
import type { Identity } from '../identity/identity.ts'
import { createAgent } from './agent.ts'
import { apiError } from './api-error.ts'
import { pause, unlessAborted, withDeadline } from './deadline.ts'
import { exchange, type Message, pathOn, readText } from './exchange.ts'
import { pauseAfterAnswer, pauseAfterCut } from './retry.ts'

export interface TransportOptions {
  requestTimeout: number
  connectTimeout: number
  userAgent: string
}

/** A complete answer below 400. */
export interface Answer {
  status: number
  text: string
  /** The server's `Date` header. */
  date: string | undefined
}

interface Limits {
  signal?: AbortSignal | undefined
  timeout?: number | undefined
}

/** Authenticated requests to one API server over pooled connections. */
export class Transport {
  readonly server: URL
  readonly options: TransportOptions
  readonly #identity: Identity
  readonly #closing = new AbortController()
  #pool: { agent: Agent; credentials: Credentials } | undefined

  constructor(identity: Identity, options: TransportOptions) {
    this.server = identity.server
    this.options = options
    this.#identity = identity
  }

  /** Aborts when the client is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  /** Frees every connection; what is under way fails. */
  close(): void {
    this.#closing.abort(new KubeError('the client has been closed'))
    this.#pool?.agent.destroy()
  }

  /** Closes the idle connections: after a timeout they are likely to be as dead as the one that brought no answer. */
  dropIdle(): void {
    for (const idle of Object.values(this.#pool?.agent.freeSockets ?? {}).flat()) idle?.destroy()
  }

  /** The pool and the headers for a connection that goes its own way (exec). */
  async authenticated(signal?: AbortSignal) {
    this.closing.throwIfAborted()
    const credentials = await unlessAborted(this.#identity.credentials.current(), signal)
    this.closing.throwIfAborted()
    const headers: OutgoingHttpHeaders = { 'user-agent': this.options.userAgent, ...this.#identity.headers }
    if (credentials.authorization) headers.authorization = credentials.authorization
    return { agent: this.#agentFor(credentials), headers, credentials }
  }

  /** After a 401: true when it is worth asking again with fresh credentials. */
  renew(refused: Credentials, signal?: AbortSignal): Promise<boolean> {
    return unlessAborted(this.#identity.credentials.renew(refused), signal)
  }

  /** Sends one request, twice when the credentials had to be renewed, and resolves with the beginning of any answer. */
  async open(message: Message, signal?: AbortSignal): Promise<IncomingMessage> {
    const { agent, headers, credentials } = await this.authenticated(signal)
    const request = { ...message, headers: { accept: 'application/json', ...headers, ...message.headers } }
    const response = await exchange(this.server, agent, request, signal)
    if (response.statusCode !== 401 || !(await this.renew(credentials, signal))) return response
    await readText(response, this.server, signal)
    const fresh = await this.authenticated(signal)
    const again = { ...request, headers: { ...request.headers, ...fresh.headers } }
    return exchange(this.server, fresh.agent, again, signal)
  }

  /**
   * Sends a request, again where that is safe, and resolves with the whole answer.
   * @throws {ApiError} the answer is 400 or above
   * @throws {TimeoutError} it was not complete in time
   * @throws {ConnectionError} there was none
   */
  async request(message: Message, limits: Limits = {}): Promise<Answer> {
    await this.authenticated(limits.signal)
    const timeout = limits.timeout ?? this.options.requestTimeout
    const end = Date.now() + timeout
    let before: unknown
    const late = () => {
      const what = `${message.method} ${this.server.origin}${pathOn(this.server, message.path)}`
      const options = { cause: before, suggestion: 'Try again, or allow more time with --request-timeout.' }
      return new TimeoutError(`no complete answer within ${timeout} ms to ${what}`, options)
    }
    return withDeadline({ signal: limits.signal, timeout, late }, async (signal) => {
      for (let tries = 1; ; tries++) {
        const outcome = await this.#attempt(message, tries, signal)
        if ('answer' in outcome) return outcome.answer
        before = outcome.error
        if (outcome.pause === undefined || Date.now() + outcome.pause >= end) throw outcome.error
        await pause(outcome.pause, signal)
      }
    })
  }

  async #attempt(
    message: Message,
    tries: number,
    signal: AbortSignal,
  ): Promise<{ answer: Answer } | { error: unknown; pause: number | undefined }> {
    try {
      const response = await this.open(message, signal)
      const status = response.statusCode ?? 0
      const text = await readText(response, this.server, signal, message.method !== 'GET')
      if (status < 400) return { answer: { status, text, date: response.headers.date } }
      const error = apiError(status, text, { method: message.method, url: this.server.origin + message.path })
      return { error, pause: pauseAfterAnswer(message.method, status, response.headers, tries) }
    } catch (error) {
      if (signal.aborted) {
        if (signal.reason instanceof TimeoutError) this.dropIdle()
        throw signal.reason
      }
      this.closing.throwIfAborted()
      return { error, pause: pauseAfterCut(message.method, error, tries) }
    }
  }

  #agentFor(credentials: Credentials): Agent {
    const held = this.#pool
    if (held && held.credentials.cert === credentials.cert && held.credentials.key === credentials.key) {
      return held.agent
    }
    this.dropIdle()
    const agent = createAgent(this.#identity, credentials, this.options.connectTimeout)
    this.#pool = { agent, credentials }
    return agent
  }
}
