import { applyObject } from './apply/apply.ts'
import { Discovery } from './apply/discovery.ts'
import type {
  ApplyOptions,
  Client,
  CreateOptions,
  DeleteOptions,
  ListOptions,
  LogOptions,
  RequestOptions,
  WatchOptions,
} from './client.ts'
import { isApiError } from './errors.ts'
import type { ExecOptions } from './exec/exec.ts'
import type { KubernetesObject, ObjectName, Resource } from './objects.ts'
import type { PortForwardOptions } from './portforward/port-forward.ts'
import { listObjects } from './rest/list.ts'
import { readLogs } from './rest/logs.ts'
import { parseAnswer } from './rest/parse.ts'
import { collectionPath, objectPath, query } from './rest/path.ts'
import type { Transport } from './rest/transport.ts'
import { iterate } from './watch/iterate.ts'
import { watchObjects } from './watch/watch.ts'

const json = { 'content-type': 'application/json' }

/** The {@link Client} over one transport. */
export class KubernetesClient implements Client {
  readonly server: string
  readonly context: string | undefined
  readonly namespace: string | undefined
  readonly #transport: Transport
  readonly #discovery: Discovery

  constructor(transport: Transport, context: string | undefined, namespace: string | undefined) {
    this.server = transport.server.href.replace(/\/$/, '')
    this.context = context
    this.namespace = namespace
    this.#transport = transport
    this.#discovery = new Discovery(transport)
  }

  async get<T extends KubernetesObject>(resource: Resource<T>, name: ObjectName, options?: RequestOptions): Promise<T> {
    return this.#send<T>('GET', this.#path(resource, name), options)
  }

  list<T extends KubernetesObject>(resource: Resource<T>, options?: ListOptions) {
    return listObjects(this.#transport, resource, options)
  }

  async create<T extends KubernetesObject>(
    resource: Resource<T>,
    object: T,
    { dryRun, ...options }: CreateOptions = {},
  ): Promise<T> {
    const path = collectionPath(resource, object.metadata?.namespace ?? this.#defaultNamespace)
    return this.#send<T>('POST', path + query({ dryRun: dryRun ? 'All' : undefined }), options, object)
  }

  async patch<T extends KubernetesObject>(
    resource: Resource<T>,
    name: ObjectName,
    patch: object,
    options?: RequestOptions,
  ): Promise<T> {
    const headers = { 'content-type': 'application/merge-patch+json' }
    return this.#send<T>('PATCH', this.#path(resource, name), options, patch, headers)
  }

  apply<T extends KubernetesObject>(object: T, options: ApplyOptions): Promise<T> {
    return applyObject(this.#transport, this.#discovery, object, this.#defaultNamespace, options)
  }

  resourceOf(object: { apiVersion: string; kind: string }, options?: RequestOptions): Promise<Resource> {
    return this.#discovery.resourceOf(object, options)
  }

  async delete(resource: Resource, name: ObjectName, options: DeleteOptions = {}): Promise<boolean> {
    const { uid, gracePeriodSeconds, propagationPolicy, ...limits } = options
    const preconditions = uid === undefined ? undefined : { uid }
    const body = { kind: 'DeleteOptions', apiVersion: 'v1', preconditions, gracePeriodSeconds, propagationPolicy }
    try {
      await this.#send('DELETE', this.#path(resource, name), limits, body)
      return true
    } catch (error) {
      if (isApiError(error) && error.code === 404) return false
      throw error
    }
  }

  watch<T extends KubernetesObject>(resource: Resource<T>, options: WatchOptions = {}) {
    return iterate([options.signal, this.#transport.closing], (ended) =>
      watchObjects(this.#transport, resource, options, ended),
    )
  }

  async exec(pod: ObjectName, options: ExecOptions) {
    const { openExec } = await import('./exec/open.ts')
    return openExec(this.#transport, this.#named(pod), options)
  }

  async portForward(pod: ObjectName, port: number, options: PortForwardOptions = {}) {
    const { openPortForward } = await import('./portforward/open.ts')
    return openPortForward(this.#transport, this.#named(pod), port, options)
  }

  logs(pod: ObjectName, options: LogOptions = {}) {
    return iterate([options.signal, this.#transport.closing], (ended) =>
      readLogs(this.#transport, this.#named(pod), options, ended),
    )
  }

  async raw(
    method: string,
    path: string,
    { body, contentType, ...limits }: RequestOptions & { body?: unknown; contentType?: string } = {},
  ): Promise<unknown> {
    const headers = {
      accept: 'application/json, */*',
      ...(body !== undefined && { 'content-type': contentType ?? json['content-type'] }),
    }
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await this.#transport.request({ method, path, headers, body: text }, limits)
    try {
      return JSON.parse(answer.text)
    } catch {
      return answer.text
    }
  }

  async serverTime(options?: RequestOptions): Promise<Date | undefined> {
    const { date } = await this.#transport.request({ method: 'GET', path: '/version' }, options)
    const time = Date.parse(date ?? '')
    return Number.isNaN(time) ? undefined : new Date(time)
  }

  async close(): Promise<void> {
    this.#transport.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  get #defaultNamespace(): string {
    return this.namespace ?? 'default'
  }

  #named({ name, namespace }: ObjectName) {
    return { name, namespace: namespace ?? this.#defaultNamespace }
  }

  #path(resource: Resource, object: ObjectName): string {
    const { name, namespace } = this.#named(object)
    return objectPath(resource, name, namespace)
  }

  async #send<T>(
    method: string,
    path: string,
    limits?: RequestOptions,
    body?: object,
    headers: Record<string, string> = json,
  ): Promise<T> {
    const message = body === undefined ? { method, path } : { method, path, headers, body: JSON.stringify(body) }
    return parseAnswer<T>(await this.#transport.request(message, limits), path)
  }
}
