import { setTimeout } from 'node:timers/promises'
import type { SharedStreams } from '../kubernetes/cluster.ts'
import type { ControlClient } from '../tmux/control-client.ts'
import type { Tmux } from '../tmux/tmux.ts'
import type { Transport } from '../tmux/transport.ts'

/**
 * Milliseconds after a control client has left in which none may come: tmux 3.3a can crash when both happen at once.
 * Nor may one in the first of a broker's life, which may follow another's. A client that is cut off is gone within 60.
 */
const REST = 150

interface Stream {
  opening: Promise<ControlClient>
  client?: ControlClient
}

/** The control streams of all providers: one for each pod, so many in all, the least recently used closed first. */
export class Streams implements SharedStreams {
  readonly #most: number
  /** By the UID of the pod, in the order of their last use. */
  readonly #streams = new Map<string, Stream>()
  /** When the last client left, by the UID of the pod. */
  readonly #left = new Map<string, number>()
  readonly #born = performance.now()

  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#streams.size
  }

  share(uid: string, transport: Transport): Transport {
    const plain: Transport = (command, options) => transport(command, options)
    return Object.assign(plain, { share: (open: () => Promise<ControlClient>) => this.#take(uid, open) })
  }

  hasRoom(uid: string): boolean {
    return this.#streams.has(uid) || this.#streams.size < this.#most
  }

  /** Closes the stream of a pod that is being deleted: who is told of it now must not be told that it runs. */
  drop(uid: string): void {
    this.#streams.get(uid)?.client?.close()
  }

  /** Closes every stream. */
  close(): void {
    for (const { client } of this.#streams.values()) client?.close()
  }

  async #take(uid: string, open: () => Promise<ControlClient>): Promise<Tmux> {
    for (;;) {
      const there = this.#streams.get(uid)
      if (there === undefined) {
        const wait = REST - (performance.now() - (this.#left.get(uid) ?? this.#born))
        if (wait <= 0) return this.#lease(uid, await this.#open(uid, open))
        await setTimeout(wait)
        continue
      }
      const client = await there.opening.catch(() => undefined)
      if (client !== undefined && !client.isClosed) return this.#lease(uid, client)
      this.#forget(uid, there)
    }
  }

  async #open(uid: string, open: () => Promise<ControlClient>): Promise<ControlClient> {
    const stream: Stream = { opening: open() }
    this.#streams.set(uid, stream)
    try {
      const client = await stream.opening
      stream.client = client
      client.closed.then(() => {
        this.#forget(uid, stream)
        this.#noteLeaving(uid)
      })
      this.#closeSurplus()
      return client
    } catch (error) {
      this.#forget(uid, stream)
      throw error
    }
  }

  #lease(uid: string, client: ControlClient): Tmux {
    return new Lease(client, () => {
      const stream = this.#streams.get(uid)
      if (stream?.client !== client) return
      this.#streams.delete(uid)
      this.#streams.set(uid, stream)
    })
  }

  #closeSurplus(): void {
    let surplus = this.#streams.size - this.#most
    for (const { client } of this.#streams.values()) {
      if (surplus <= 0) return
      if (client === undefined || !client.isIdle) continue
      client.close()
      surplus -= 1
    }
  }

  #forget(uid: string, stream: Stream): void {
    if (this.#streams.get(uid) === stream) this.#streams.delete(uid)
  }

  #noteLeaving(uid: string): void {
    const now = performance.now()
    for (const [other, when] of this.#left) if (now - when > REST) this.#left.delete(other)
    this.#left.set(uid, now)
  }
}

/** One user's share of a stream. Closing it leaves the stream to the others. */
class Lease implements Tmux {
  readonly closed: Promise<void>
  readonly #client: ControlClient
  readonly #used: () => void

  constructor(client: ControlClient, used: () => void) {
    this.closed = client.closed
    this.#client = client
    this.#used = used
    used()
  }

  get isClosed(): boolean {
    return this.#client.isClosed
  }

  run(command: string): Promise<Buffer> {
    this.#used()
    return this.#client.run(command)
  }

  runAll(commands: readonly string[]): Promise<void> {
    this.#used()
    return this.#client.runAll(commands)
  }

  close(): void {}
}
