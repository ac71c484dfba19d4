import type { SessionInfo } from '@kubectl-gc/session-provider'

const apiVersion = 'kubectl-gc.dev/v1alpha1'

/** A session as `-o json` and `-o yaml` print it, in the shape of a Kubernetes object. */
function sessionObject(session: SessionInfo): object {
  return {
    apiVersion,
    kind: 'Session',
    metadata: {
      name: session.name,
      namespace: session.namespace,
      creationTimestamp: session.createdAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    },
    spec: { agent: session.agent, image: session.image },
    status: {
      phase: session.phase,
      ...(session.reason === undefined ? {} : { reason: session.reason }),
      ...(session.message === undefined ? {} : { message: session.message }),
      ...(session.exitCode === undefined ? {} : { exitCode: session.exitCode }),
      pod: session.pod,
      ...(session.node === undefined ? {} : { node: session.node }),
      meta: session.meta,
    },
  }
}

/** Several sessions, in the shape of a Kubernetes list. */
export function sessionList(sessions: SessionInfo[]): object {
  return { apiVersion: 'v1', kind: 'List', metadata: {}, items: sessions.map(sessionObject) }
}
