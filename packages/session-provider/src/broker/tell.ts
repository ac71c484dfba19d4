import { setTimeout } from 'node:timers/promises'
import type { ClientOptions } from '@kubectl-gc/kube'
import { ask } from './ask.ts'
import { brokerDirectory, isPrivate, socketPath } from './directory.ts'
import { brokerIdentity } from './identity.ts'
import { BROKER_CHANGED } from './request.ts'
import { PROTOCOL } from './version.ts'

/** Milliseconds that a broker may take to look at a session. */
const LOOKING = 1000

/**
 * Tells the broker of the same identity, where one runs, that this process has started or stopped a session, and waits
 * until it has looked: who writes here reads that there too. Never rejects: the broker's watch tells it a moment later.
 * @param options those of the client that made the change
 */
export async function tellBroker(session: string, namespace: string, options: ClientOptions): Promise<void> {
  const env = options.env ?? process.env
  const directory = brokerDirectory(env)
  try {
    if (directory === undefined || !isPrivate(directory)) return
    const { key } = await brokerIdentity(env, options)
    if (key === undefined) return
    const request = { protocol: PROTOCOL, version: '', operation: BROKER_CHANGED, name: session, args: [] }
    const asked = ask(socketPath(directory, key), { ...request, env: { GC_K8S_NAMESPACE: namespace } })
    const late = new AbortController()
    await Promise.race([asked, setTimeout(LOOKING, undefined, { signal: late.signal }).catch(() => {})])
    late.abort()
  } catch {
    // What is wrong with the kubeconfig has been said by who used it.
  }
}
