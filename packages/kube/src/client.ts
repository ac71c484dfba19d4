import type { Duplex } from 'node:stream'
import type { ExecOptions, ExecStream } from './exec/exec.ts'
import type { KubernetesObject, ObjectList, ObjectName, Resource } from './objects.ts'
import type { PortForwardOptions } from './portforward/port-forward.ts'

/** What every request takes. */
export interface RequestOptions {
  signal?: AbortSignal | undefined
  /** Milliseconds until the answer must be complete. Default: the client's `requestTimeout`. */
  timeout?: number | undefined
}

export interface ListOptions extends RequestOptions {
  /** Absent: all namespaces. */
  namespace?: string | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
}

export interface WatchOptions extends ListOptions {
  /** Go on from here, without the state before it. Absent: the watch lists first and yields what is there as ADDED. */
  resourceVersion?: string | undefined
  /** Told when changes begin to be received, after all before them have been yielded, and when they no longer are. */
  onLive?: ((live: boolean) => void) | undefined
}

export interface WatchEvent<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: T
}

export interface CreateOptions extends RequestOptions {
  dryRun?: boolean | undefined
}

export interface ApplyOptions extends RequestOptions {
  fieldManager: string
  /** Take over fields that another manager owns. Default false: such a conflict is an ApiError with reason Conflict. */
  force?: boolean | undefined
  dryRun?: boolean | undefined
}

export interface DeleteOptions extends RequestOptions {
  /** Delete only the object with this UID; another one of the same name is a Conflict. */
  uid?: string | undefined
  gracePeriodSeconds?: number | undefined
  propagationPolicy?: 'Foreground' | 'Background' | 'Orphan' | undefined
}

export interface LogOptions {
  container?: string | undefined
  follow?: boolean | undefined
  tailLines?: number | undefined
  timestamps?: boolean | undefined
  previous?: boolean | undefined
  /** Only what is newer than this; one of both at most. */
  sinceSeconds?: number | undefined
  sinceTime?: Date | undefined
  /** No more bytes than these, be it in the middle of a line. */
  limitBytes?: number | undefined
  signal?: AbortSignal | undefined
}

/** The road to one API server as one identity. Connections are pooled; `close` frees them. */
export interface Client extends AsyncDisposable {
  /** The API server's URL. */
  readonly server: string
  /** The kubeconfig context in use; undefined in a cluster. */
  readonly context: string | undefined
  /** The context's namespace, or the pod's own in a cluster; undefined when neither says. */
  readonly namespace: string | undefined
  get<T extends KubernetesObject>(resource: Resource<T>, name: ObjectName, options?: RequestOptions): Promise<T>
  list<T extends KubernetesObject>(resource: Resource<T>, options?: ListOptions): Promise<ObjectList<T>>
  create<T extends KubernetesObject>(resource: Resource<T>, object: T, options?: CreateOptions): Promise<T>
  /** A JSON merge patch (RFC 7386). */
  patch<T extends KubernetesObject>(
    resource: Resource<T>,
    name: ObjectName,
    patch: object,
    options?: RequestOptions,
  ): Promise<T>
  /** Server-side apply. The resource is found by the API server's discovery from apiVersion and kind. */
  apply<T extends KubernetesObject>(object: T, options: ApplyOptions): Promise<T>
  /** Finds by discovery where objects of this apiVersion and kind are kept. */
  resourceOf(object: { apiVersion: string; kind: string }, options?: RequestOptions): Promise<Resource>
  /** Asks for deletion; resolves false when there is no such object (deleting what is not there succeeds). */
  delete(resource: Resource, name: ObjectName, options?: DeleteOptions): Promise<boolean>
  /**
   * Yields changes until the caller stops iterating or aborts. Reconnects with backoff; an expired version makes it
   * list again, and yields what changed meanwhile. Ends with a throw only for errors that cannot heal (401, 403, 404).
   */
  watch<T extends KubernetesObject>(resource: Resource<T>, options?: WatchOptions): AsyncIterableIterator<WatchEvent<T>>
  exec(pod: ObjectName, options: ExecOptions): Promise<ExecStream>
  /**
   * One connection to a TCP port of a pod. The API server takes it before the pod has: a port that nobody listens on
   * ends the stream with a PortForwardError. Ending what is written ends the connection, since the protocol knows no
   * half of one. A cut is a StreamCutError.
   */
  portForward(pod: ObjectName, port: number, options?: PortForwardOptions): Promise<Duplex>
  logs(pod: ObjectName, options?: LogOptions): AsyncIterableIterator<Uint8Array>
  /** Any other path: the parsed JSON body, or the text when it is not JSON. */
  raw(
    method: string,
    path: string,
    options?: RequestOptions & { body?: unknown; contentType?: string },
  ): Promise<unknown>
  /** What time it is for the API server, to the second: the `Date` of its answer. Undefined: it does not say. */
  serverTime(options?: RequestOptions): Promise<Date | undefined>
  close(): Promise<void>
}
