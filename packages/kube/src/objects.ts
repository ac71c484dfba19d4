/** The part of `metadata` that this package reads; the full types live in `@kubectl-gc/manifests/kubernetes`. */
export interface Metadata {
  name?: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  deletionTimestamp?: string
  creationTimestamp?: string
}

/** Any Kubernetes object. Generated types are assignable to it. */
export interface KubernetesObject {
  apiVersion?: string
  kind?: string
  metadata?: Metadata
}

/** One page-less answer to a list request: every page has been fetched. */
export interface ObjectList<T> {
  items: T[]
  /** From where a watch goes on. */
  resourceVersion: string
}

/** A `meta/v1` Status, as the API server answers errors and deletions. */
export interface Status {
  apiVersion?: string
  kind?: string
  status?: string
  message?: string
  reason?: string
  code?: number
  details?: {
    name?: string
    group?: string
    kind?: string
    retryAfterSeconds?: number
    causes?: { reason?: string; message?: string; field?: string }[]
  }
}

/** A kind of object and where the API server keeps it. The type parameter is what requests for it return. */
export interface Resource<T extends KubernetesObject = KubernetesObject> {
  /** `''` for the core group. */
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly namespaced: boolean
  /** Never present at run time; carries T. */
  readonly _object?: T
}

/** Names a resource, for example `resource<Pod>('', 'v1', 'pods')`. Namespaced unless told otherwise. */
export function resource<T extends KubernetesObject>(
  group: string,
  version: string,
  plural: string,
  namespaced = true,
): Resource<T> {
  return { group, version, plural, namespaced }
}

/** One object: its name, and its namespace when it has one. */
export interface ObjectName {
  name: string
  namespace?: string | undefined
}
