import type { RequestOptions } from '../client.ts'
import { ApiError } from '../errors.ts'
import type { Resource } from '../objects.ts'
import { unlessAborted } from '../rest/deadline.ts'
import { parseAnswer } from '../rest/parse.ts'
import { groupPath } from '../rest/path.ts'
import type { Transport } from '../rest/transport.ts'

interface ApiResourceList {
  resources?: { name: string; kind: string; namespaced: boolean }[]
}

/** Knows where the API server keeps each kind; asks once for each group and version. */
export class Discovery {
  readonly #transport: Transport
  readonly #lists = new Map<string, Promise<ApiResourceList>>()

  constructor(transport: Transport) {
    this.#transport = transport
  }

  /**
   * The resource of a kind. A kind that was unknown a moment ago is asked for again: it may have been installed since.
   * @throws {ApiError} NotFound: the API server has no such kind
   */
  async resourceOf(object: { apiVersion: string; kind: string }, options: RequestOptions = {}): Promise<Resource> {
    const known = this.#lists.has(object.apiVersion)
    const found = (await this.#find(object, options)) ?? (known ? await this.#refetch(object, options) : undefined)
    if (found) return found
    throw notFound(object)
  }

  #refetch(object: { apiVersion: string; kind: string }, options: RequestOptions) {
    this.#lists.delete(object.apiVersion)
    return this.#find(object, options)
  }

  async #find({ apiVersion, kind }: { apiVersion: string; kind: string }, options: RequestOptions) {
    const [version = '', group = ''] = apiVersion.split('/').reverse()
    options.signal?.throwIfAborted()
    const { resources } = await unlessAborted(this.#list({ group, version }, apiVersion), options.signal)
    const entry = resources?.find((candidate) => candidate.kind === kind && !candidate.name.includes('/'))
    return entry && { group, version, plural: entry.name, namespaced: entry.namespaced }
  }

  #list(where: { group: string; version: string }, apiVersion: string) {
    const held = this.#lists.get(apiVersion)
    if (held) return held
    const path = groupPath(where)
    const asked = this.#transport
      .request({ method: 'GET', path })
      .then((answer) => parseAnswer<ApiResourceList>(answer, path))
    this.#lists.set(apiVersion, asked)
    asked.catch(() => {
      if (this.#lists.get(apiVersion) === asked) this.#lists.delete(apiVersion)
    })
    return asked
  }
}

function notFound({ apiVersion, kind }: { apiVersion: string; kind: string }): ApiError {
  const message = `the API server knows no kind ${kind} in ${apiVersion}`
  const suggestion =
    'See the kinds it knows with `kubectl api-resources`; a custom one needs its CustomResourceDefinition.'
  return new ApiError({ kind: 'Status', status: 'Failure', message, reason: 'NotFound', code: 404 }, { suggestion })
}
