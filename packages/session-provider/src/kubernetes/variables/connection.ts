import * as kinds from './kinds.ts'
import type { Variables } from './table.ts'

type Connection = Pick<Variables, 'namespace' | 'context' | 'timeout'>

/** How the cluster is reached. */
export const connection: Connection = {
  namespace: {
    name: 'GC_K8S_NAMESPACE',
    source: 'script',
    what: "namespace of the session pods (`kubectl gc`: `--namespace` first, then this, then the context's)",
    kind: kinds.namespaceName,
    otherwise: 'gc',
  },
  context: {
    name: 'GC_K8S_CONTEXT',
    source: 'script',
    what: 'kubeconfig context; without it the current one',
    kind: kinds.text,
    otherwise: undefined,
  },
  timeout: {
    name: 'GC_K8S_TIMEOUT',
    source: 'ours',
    what: 'how long a session verb may take: `20s`, `500ms`, `2m`; connecting may take 0.3 times, `start` 5.5 times as long (`kubectl gc`: `--request-timeout` first)',
    kind: kinds.duration,
    otherwise: '10s',
  },
}
