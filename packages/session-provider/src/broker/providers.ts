import { type Client, createClient } from '@kubectl-gc/kube'
import { toSessionError } from '../kubernetes/failure.ts'
import { LateAnnotations } from '../kubernetes/late-annotations.ts'
import { type KubernetesSessionProvider, sessionProviderFor } from '../kubernetes/provider.ts'
import { readSettings } from '../kubernetes/settings.ts'
import type { Timeouts } from '../kubernetes/timeouts.ts'
import { observed } from './observed-client.ts'
import { PodMemory } from './pod-memory.ts'
import type { Streams } from './streams.ts'

/** The providers of one identity, one for each set of variables, and what they share. */
export class Providers {
  readonly #env: NodeJS.ProcessEnv
  readonly #streams: Streams
  readonly #late = new LateAnnotations()
  readonly #clients = new Map<string, Promise<Client>>()
  readonly #providers = new Map<string, Promise<KubernetesSessionProvider>>()
  readonly #memories = new Map<string, PodMemory>()

  /** @param env the environment that makes the identity */
  constructor(env: NodeJS.ProcessEnv, streams: Streams) {
    this.#env = env
    this.#streams = streams
  }

  /** How many pods are held in memory. */
  get podCount(): number {
    return [...this.#memories.values()].reduce((sum, { size }) => sum + size, 0)
  }

  /**
   * @param variables those of the caller
   * @throws {InvalidArgument} one has a value that cannot be used
   * @throws {ClusterError} the kubeconfig cannot be used
   */
  for(variables: Record<string, string>): Promise<KubernetesSessionProvider> {
    const key = JSON.stringify(Object.entries(variables).sort())
    return kept(this.#providers, key, async () => {
      const settings = readSettings({ env: variables })
      const client = await this.#client(settings.timeouts)
      const memory = this.#memory(settings.namespace, client)
      const sessionPods = (signal: AbortSignal | undefined) => memory.list(signal)
      const shared = { streams: this.#streams, late: this.#late, sessionPods }
      return sessionProviderFor({ client, settings, keepStreams: true, ...shared })
    })
  }

  /** What is held of a namespace's pods; undefined when nobody has asked for that namespace yet. */
  memoryOf(namespace: string): PodMemory | undefined {
    return this.#memories.get(namespace)
  }

  /** Resolves once nothing is left to write that no caller waits for. */
  settled(): Promise<void> {
    return this.#late.settled()
  }

  /** Lets go of every connection: what is under way on them fails. The next call makes new ones. */
  async reset(): Promise<void> {
    for (const memory of this.#memories.values()) memory.stop()
    const clients = [...this.#clients.values()]
    for (const forgotten of [this.#memories, this.#providers, this.#clients]) forgotten.clear()
    this.#streams.close()
    for (const made of clients) await made.then((client) => client.close()).catch(() => {})
  }

  #client({ connect, verb }: Timeouts): Promise<Client> {
    const env = this.#env
    const context = env.GC_K8S_CONTEXT || undefined
    return kept(this.#clients, `${connect}:${verb}`, async () => {
      try {
        const client = await createClient({ env, context, connectTimeout: connect, requestTimeout: verb })
        return observed(client, {
          created: (pod) => this.#memories.get(pod.metadata?.namespace ?? '')?.created(pod),
          deleted: ({ namespace = '' }, uid) => {
            this.#streams.drop(uid)
            this.#memories.get(namespace)?.deleted(uid)
          },
        })
      } catch (error) {
        throw toSessionError(error, 'cannot reach the cluster')
      }
    })
  }

  #memory(namespace: string, client: Client): PodMemory {
    const known = this.#memories.get(namespace)
    if (known !== undefined) return known
    const made = new PodMemory(client, namespace, (uid) => this.#streams.drop(uid))
    this.#memories.set(namespace, made)
    return made
  }
}

/** What a map holds for a key, made when it holds nothing. What could not be made is made again. */
function kept<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  made.catch(() => map.delete(key))
  return made
}
