import { Readable } from 'node:stream'
import { ApiError, type Client, type ExecStream, type Resource } from '@kubectl-gc/kube'

const notFound = (what: string) => new ApiError({ code: 404, reason: 'NotFound', message: `${what} not found` })

/** The Secret as `kubectl gc secrets sync` makes it. */
export function credentialsSecret(syncedAt: string, expiresAt: string): object {
  const login = JSON.stringify({ claudeAiOauth: { expiresAt: Date.parse(expiresAt), refreshToken: 'r' } })
  return {
    metadata: { annotations: { 'kubectl-gc.dev/synced-at': syncedAt } },
    data: { '.credentials.json': Buffer.from(login).toString('base64') },
  }
}

/** What a client's answers are taken from; a test changes what is to be wrong. */
export class HealthyClient {
  server = 'https://cluster.example'
  context = 'ctx'
  version = { major: '1', minor: '34', gitVersion: 'v1.34.4' }
  time: Date | undefined = new Date('2026-01-01T02:00:00Z')
  user = 'alice'
  /** What this user may not do: `list events`. */
  denied = new Set<string>()
  /** By plural and name. */
  objects = new Map<string, object>([
    ['namespaces/gc', { metadata: { name: 'gc', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } }],
    ['roles/gc-controller', {}],
    ['secrets/claude-credentials', credentialsSecret('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')],
    [
      'pods/dolt-0',
      { metadata: { name: 'dolt-0' }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
    ],
  ])
  /** What the answer to any of these is instead: a plural, or `exec`. */
  errors = new Map<string, Error>()
  doltExitCode = 0

  readonly raw: Client['raw'] = async (_method, path, options) => {
    if (path === '/version') return this.version
    if (path.endsWith('selfsubjectreviews')) return { status: { userInfo: { username: this.user } } }
    const { spec } = (options as { body: unknown }).body as {
      spec: { resourceAttributes: Record<string, string | undefined> }
    }
    const { verb, resource, subresource } = spec.resourceAttributes
    const what = `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`
    return { status: { allowed: !this.denied.has(what) } }
  }

  readonly serverTime: Client['serverTime'] = async () => this.time

  readonly get = (async (of: Resource, { name }: { name: string }) => {
    this.#fail(of.plural)
    const found = this.objects.get(`${of.plural}/${name}`)
    if (found === undefined) throw notFound(`${of.plural} "${name}"`)
    return found
  }) as Client['get']

  readonly list = (async (of: Resource) => {
    this.#fail(of.plural)
    const items = [...this.objects].filter(([key]) => key.startsWith(`${of.plural}/`)).map(([, object]) => object)
    return { items, resourceVersion: '1' }
  }) as Client['list']

  readonly create = (async (_of: Resource, object: object) => {
    this.#fail('create')
    return object
  }) as Client['create']

  readonly exec: Client['exec'] = async () => {
    this.#fail('exec')
    const stderr = Readable.from(this.doltExitCode === 0 ? [] : [Buffer.from('no such table\n')])
    const stream = { stdout: Readable.from([]), stderr, exit: Promise.resolve(this.doltExitCode), close() {} }
    return stream as unknown as ExecStream
  }

  #fail(what: string): void {
    const error = this.errors.get(what)
    if (error !== undefined) throw error
  }
}
