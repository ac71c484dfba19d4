import type { Readable, Writable } from 'node:stream'
import type { Client } from '@kubectl-gc/kube'
import type { KubernetesSessionProvider } from '@kubectl-gc/session-provider'
import type { SessionEvent } from './cluster/events.ts'
import type { SessionDefaults, Target } from './flags/target.ts'

export type Input = Readable & { isTTY?: boolean; setRawMode?(on: boolean): unknown }
export type Output = Writable & { isTTY?: boolean; columns?: number; rows?: number }

/** Whose the pod of a session is. */
export interface Holding {
  session: string
  pod: string
  /** The label of its city; undefined: it belongs to none. */
  city: string | undefined
  /** What it was started with, in short; undefined: it was not started from a city's files. */
  fingerprint: string | undefined
}

/** The sessions of one namespace of one cluster. */
export interface Sessions extends AsyncDisposable {
  readonly namespace: string
  readonly provider: KubernetesSessionProvider
  /** How many sessions each namespace of the cluster has; undefined when this user may not see that. */
  countByNamespace(signal: AbortSignal): Promise<Map<string, number> | undefined>
  /** Whether the namespace is there; true too for a user who may not see that. */
  namespaceExists(signal: AbortSignal): Promise<boolean>
  /** What Kubernetes has told of a pod, in the order of time; undefined when this user may not see that. */
  events(pod: { name: string; namespace: string }, signal: AbortSignal): Promise<SessionEvent[] | undefined>
  /** What of the namespace's quotas is used up, such as `pods 3 of 3`. */
  usedUp(signal: AbortSignal): Promise<string[]>
  /** Resolves once the API server has answered anything. @throws {KubeError} it does not */
  reachServer(signal: AbortSignal): Promise<void>
  /** Every session pod of the namespace, of all cities. */
  holdings(signal: AbortSignal): Promise<Holding[]>
}

/** One cluster, for what is not about sessions. */
export interface Cluster extends AsyncDisposable {
  readonly namespace: string
  readonly client: Client
}

/** Everything that a command reaches outside itself, and the one seam where tests put something else. */
export interface Runtime {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: NodeJS.ProcessEnv
  /** The current folder. */
  readonly cwd: string
  /** Aborts when the user or the system asks the command to end. */
  readonly signal: AbortSignal
  readonly now: () => Date
  readonly openSessions: (target: Target, defaults?: SessionDefaults) => Promise<Sessions>
  readonly openCluster: (target: Target) => Promise<Cluster>
}
