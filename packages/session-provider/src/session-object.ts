import type { SessionInfo } from './provider.ts'

/** Version of {@link SessionObject}. Fields are added to it; one that is removed or means something else takes a new version. */
export const SESSION_API_VERSION = 'kubectl-gc.dev/v1alpha1'

/**
 * A session in the shape of a Kubernetes object, as `kubectl gc list|status -o json` prints it. No API server keeps it:
 * it is made of the session's pod. Fields without a value are left out.
 */
export interface SessionObject {
  apiVersion: typeof SESSION_API_VERSION
  kind: 'Session'
  metadata: {
    /** The session's name, as it was started. */
    name: string
    namespace: string
    /** When its pod was made: RFC 3339, to the second. */
    creationTimestamp: string
    /** Those of its pod. */
    labels?: Record<string, string>
  }
  spec: {
    /** The agent's name; `unknown` without one. */
    agent: string
    image: string
    /** Where its pod was put. */
    nodeName?: string
  }
  status: {
    phase: SessionInfo['phase']
    /** Why, in a word of Kubernetes, when the phase alone does not say. */
    reason?: string
    message?: string
    /** The agent's, once Finished. */
    exitCode?: number
    pod: string
    /** Its metadata, as it was copied for people to see. */
    meta: Record<string, string>
  }
}

/** Several sessions, in the shape of a Kubernetes list. */
export interface SessionList {
  apiVersion: 'v1'
  kind: 'List'
  metadata: Record<string, never>
  items: SessionObject[]
}

/** What a provider knows of a session as a versioned object. */
export function toSessionObject(session: SessionInfo): SessionObject {
  const { name, namespace, labels, createdAt, agent, image, node, phase, reason, message, exitCode, pod, meta } =
    session
  return {
    apiVersion: SESSION_API_VERSION,
    kind: 'Session',
    metadata: {
      name,
      namespace,
      creationTimestamp: createdAt.toISOString().replace(/\.\d+Z$/, 'Z'),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
    },
    spec: { agent, image, ...(node === undefined ? {} : { nodeName: node }) },
    status: {
      phase,
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
      ...(exitCode === undefined ? {} : { exitCode }),
      pod,
      meta,
    },
  }
}

/** Sessions as a versioned list, as `kubectl gc list -o json` prints it. */
export function toSessionList(sessions: readonly SessionInfo[]): SessionList {
  return { apiVersion: 'v1', kind: 'List', metadata: {}, items: sessions.map(toSessionObject) }
}
