import type { Client } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { isTerminating, mayRun, pods, sessionOf } from '../kubernetes/cluster.ts'
import { APP, APP_LABEL, SESSION_LABEL } from '../kubernetes/labels.ts'
import { labelValue } from '../kubernetes/names.ts'
import { outline } from './outline.ts'

const labelSelector = `${APP_LABEL}=${APP}`

/** A name that no pod has, because of its capitals: looking for it costs the API server one look into its store. */
const NOBODY = 'metadata.name=NOBODY'

/** Milliseconds before a watch that has failed is begun again. */
const REST = 5000

/** Pods that are gone for good and are remembered as such, so that a late answer does not bring them back. */
const MOST_GONE = 1000

/**
 * The session pods of one namespace, from a watch. They are told only after the API server has answered in the same
 * call; while the watch does not run, it is asked for all of them.
 */
export class PodMemory {
  readonly #client: Client
  readonly #namespace: string
  readonly #onGoing: (uid: string) => void
  readonly #pods = new Map<string, Pod>()
  /** What is known to be being deleted, until the watch has seen it too. */
  readonly #deleted = new Set<string>()
  readonly #gone = new Set<string>()
  #watch: AbortController | undefined
  #isLive = false
  #mayBegin = 0

  /** @param onGoing told of each pod that is being deleted */
  constructor(client: Client, namespace: string, onGoing: (uid: string) => void) {
    this.#client = client
    this.#namespace = namespace
    this.#onGoing = onGoing
  }

  get size(): number {
    return this.#pods.size
  }

  /**
   * Every session pod of the namespace. The question that comes first is of the same kind as the one that it saves:
   * who may not list pods is told so, and a store that does not answer is no empty list.
   */
  async list(signal: AbortSignal | undefined): Promise<Pod[]> {
    const namespace = this.#namespace
    if (this.#isLive) {
      await this.#client.list(pods, { namespace, fieldSelector: NOBODY, signal })
      if (this.#isLive) return [...this.#pods].flatMap(([uid, pod]) => (this.#deleted.has(uid) ? [] : [pod]))
    }
    this.#begin()
    return (await this.#client.list(pods, { namespace, labelSelector, signal })).items
  }

  /** One of ours has just been created, in the API server's words. */
  created(pod: Pod): void {
    if (this.#isLive) this.#take(pod)
  }

  /** The API server has taken the deletion of this one. */
  deleted(uid: string): void {
    if (this.#watch !== undefined && !this.#gone.has(uid)) this.#deleted.add(uid)
    this.#onGoing(uid)
  }

  /** Makes sure that a session that has just been started is known to have a pod that may run it. */
  async started(session: string, signal: AbortSignal): Promise<void> {
    const isKnown = [...this.#pods.values()].some((pod) => sessionOf(pod) === session && mayRun(pod))
    if (!isKnown) await this.refresh(session, signal)
  }

  /** Somebody else has started or stopped this session: asks for its pods. */
  async refresh(session: string, signal: AbortSignal): Promise<void> {
    if (!this.#isLive) return
    const selector = `${labelSelector},${SESSION_LABEL}=${labelValue(session)}`
    const { items } = await this.#client.list(pods, { namespace: this.#namespace, labelSelector: selector, signal })
    for (const pod of items) this.#take(pod)
    const there = new Set(items.map(({ metadata }) => metadata?.uid))
    for (const [uid, pod] of this.#pods) if (sessionOf(pod) === session && !there.has(uid)) this.deleted(uid)
  }

  /** Ends the watch and forgets everything; the next list begins another. */
  stop(): void {
    this.#watch?.abort()
    this.#watch = undefined
    this.#isLive = false
    for (const kept of [this.#pods, this.#deleted, this.#gone]) kept.clear()
  }

  /** Takes note of a pod unless the watch has told something newer. */
  #take(pod: Pod): void {
    const { uid = '', resourceVersion = '0' } = pod.metadata ?? {}
    const known = this.#pods.get(uid)?.metadata?.resourceVersion
    if (this.#gone.has(uid) || (known !== undefined && Number(known) >= Number(resourceVersion))) return
    this.#pods.set(uid, outline(pod))
    if (isTerminating(pod)) this.#onGoing(uid)
  }

  #begin(): void {
    if (this.#watch !== undefined || performance.now() < this.#mayBegin) return
    const watch = new AbortController()
    this.#watch = watch
    this.#follow(watch).catch(() => {
      if (this.#watch !== watch) return
      this.#mayBegin = performance.now() + REST
      this.stop()
    })
  }

  async #follow(watch: AbortController): Promise<void> {
    const onLive = (live: boolean) => {
      if (this.#watch === watch) this.#isLive = live
    }
    const options = { namespace: this.#namespace, labelSelector, signal: watch.signal, onLive }
    for await (const { type, object } of this.#client.watch(pods, options)) {
      const uid = object.metadata?.uid ?? ''
      if (type === 'DELETED') this.#bury(uid)
      else this.#pods.set(uid, outline(object))
      if (type !== 'DELETED' && !isTerminating(object)) continue
      this.#deleted.delete(uid)
      this.#onGoing(uid)
    }
  }

  #bury(uid: string): void {
    this.#pods.delete(uid)
    this.#gone.add(uid)
    for (const oldest of this.#gone) {
      if (this.#gone.size <= MOST_GONE) return
      this.#gone.delete(oldest)
    }
  }
}
