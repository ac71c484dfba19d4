import {
  ApiError,
  type ApplyOptions,
  type Client,
  type KubernetesObject,
  type ListOptions,
  type ObjectName,
  type Resource,
  resource,
  type WatchEvent,
} from '@kubectl-gc/kube'

type Stored = KubernetesObject & { status?: unknown; spec?: unknown }
type Managed = { managedFields?: object[] }

const clusterScoped = new Set(['Namespace'])

function pluralOf(kind: string): string {
  return `${kind.toLowerCase()}s`
}

/** An API server in this process, as far as `install` and `uninstall` use one. */
export class MemoryCluster {
  readonly objects = new Map<string, Stored>()
  readonly #watchers = new Set<(event: WatchEvent<Stored>, plural: string) => void>()
  #version = 0
  /** What an apply of this kind is answered with instead. */
  refuse: { kind: string; error: ApiError } | undefined
  /** Called for each object that is deleted; `release` makes it go. Default: it goes at once. */
  onDelete: (release: () => void) => void = (release) => release()

  #key(plural: string, namespace: string | undefined, name: string): string {
    return `${plural}/${plural === 'namespaces' ? '' : namespace}/${name}`
  }

  #tell(type: WatchEvent<Stored>['type'], plural: string, object: Stored): void {
    for (const watcher of this.#watchers) watcher({ type, object }, plural)
  }

  /** Stores an object as a controller would: whatever it says, under the next version. */
  put(object: Stored): Stored {
    const plural = pluralOf(object.kind ?? '')
    const key = this.#key(plural, object.metadata?.namespace, object.metadata?.name ?? '')
    const known = this.objects.get(key)
    this.#version += 1
    const metadata = { uid: `uid-${this.#version}`, ...known?.metadata, ...object.metadata }
    const stored = { ...object, metadata: { ...metadata, resourceVersion: String(this.#version) } }
    this.objects.set(key, stored)
    this.#tell(known === undefined ? 'ADDED' : 'MODIFIED', plural, stored)
    return stored
  }

  readonly client: Partial<Client> = {
    resourceOf: async ({ apiVersion, kind }) => {
      const [group = '', version = group] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
      return resource(group, version, pluralOf(kind), !clusterScoped.has(kind))
    },
    get: (async (of: Resource, { name, namespace }: { name: string; namespace?: string }) => {
      const found = this.objects.get(this.#key(of.plural, namespace, name))
      if (found === undefined)
        throw new ApiError({ code: 404, reason: 'NotFound', message: `${of.plural} "${name}" not found` })
      return found
    }) as Client['get'],
    list: (async (of: Resource, { namespace, labelSelector = '' }: ListOptions = {}) => {
      const [label = '', value] = labelSelector.split('=')
      const items = [...this.objects]
        .filter(([key]) => key.startsWith(`${of.plural}/${namespace === undefined ? '' : `${namespace}/`}`))
        .map(([, object]) => object)
        .filter(({ metadata }) => label === '' || metadata?.labels?.[label] === value)
      return { items, resourceVersion: String(this.#version) }
    }) as Client['list'],
    create: (async (_: Resource, object: Stored) => this.put(object)) as Client['create'],
    patch: (async (of: Resource, { name, namespace }: ObjectName, patch: Stored) => {
      const known = this.objects.get(this.#key(of.plural, namespace, name))
      if (known?.metadata?.resourceVersion !== patch.metadata?.resourceVersion) {
        throw new ApiError({ code: 409, reason: 'Conflict', message: 'the object has been modified' })
      }
      const annotations = { ...known?.metadata?.annotations, ...patch.metadata?.annotations }
      return this.put({ ...known, ...patch, metadata: { ...known?.metadata, ...patch.metadata, annotations } })
    }) as Client['patch'],
    raw: async (_method, path) => ({ preferredVersion: { groupVersion: `${path.replace('/apis/', '')}/v1` } }),
    apply: (async (object: Stored, { dryRun, fieldManager }: ApplyOptions) => {
      if (this.refuse !== undefined && this.refuse.kind === object.kind) throw this.refuse.error
      const key = this.#key(pluralOf(object.kind ?? ''), object.metadata?.namespace, object.metadata?.name ?? '')
      const known = this.objects.get(key)
      const { managedFields = [{ manager: fieldManager, operation: 'Apply' }] } = (known?.metadata ?? {}) as Managed
      const metadata = { ...known?.metadata, ...object.metadata, managedFields }
      const merged = { ...known, ...object, metadata }
      if (known !== undefined && JSON.stringify(known) === JSON.stringify(merged)) return known
      return dryRun ? merged : this.put(merged)
    }) as Client['apply'],
    delete: async (of, { name, namespace }) => {
      const key = this.#key(of.plural, namespace, name)
      const found = this.objects.get(key)
      if (found === undefined) return false
      this.onDelete(() => {
        this.objects.delete(key)
        this.#tell('DELETED', of.plural, found)
      })
      return true
    },
    watch: ((of: Resource, options: Parameters<Client['watch']>[1]) => this.#watch(of, options)) as Client['watch'],
  }

  async *#watch(of: Resource, options: Parameters<Client['watch']>[1] = {}): AsyncGenerator<WatchEvent<Stored>> {
    const queue: WatchEvent<Stored>[] = []
    let wake = () => {}
    const wanted = ({ object }: WatchEvent<Stored>) =>
      (options.namespace === undefined || object.metadata?.namespace === options.namespace) &&
      (options.fieldSelector === undefined || options.fieldSelector === `metadata.name=${object.metadata?.name}`)
    const watcher = (event: WatchEvent<Stored>, plural: string) => {
      if (plural !== of.plural || !wanted(event)) return
      queue.push(event)
      wake()
    }
    if (options.resourceVersion === undefined) {
      for (const [key, object] of this.objects) watcher({ type: 'ADDED', object }, key.split('/', 1)[0] ?? '')
    }
    this.#watchers.add(watcher)
    try {
      for (;;) {
        const event = queue.shift()
        if (event !== undefined) yield event
        else
          await new Promise<void>((resolve, reject) => {
            wake = resolve
            if (options.signal?.aborted) reject(options.signal.reason)
            options.signal?.addEventListener('abort', () => reject(options.signal?.reason), { once: true })
          })
      }
    } finally {
      this.#watchers.delete(watcher)
    }
  }
}
