import type { ClientOptions } from '@kubectl-gc/kube'

/** Where sessions run, and how. Every field that is absent is read from its variable, then has the variable's default. */
export interface KubernetesSessionProviderOptions extends Omit<ClientOptions, 'namespace' | 'context' | 'env'> {
  /** GC_K8S_NAMESPACE, default `gc`. */
  namespace?: string | undefined
  /** GC_K8S_CONTEXT, default the kubeconfig's current context. */
  context?: string | undefined
  /** GC_K8S_IMAGE. Needed only to start. */
  image?: string | undefined
  /** GC_K8S_CPU_REQUEST, default `500m`. */
  cpuRequest?: string | undefined
  /** GC_K8S_MEM_REQUEST, default `1Gi`. */
  memoryRequest?: string | undefined
  /** GC_K8S_CPU_LIMIT, default `2`. */
  cpuLimit?: string | undefined
  /** GC_K8S_MEM_LIMIT, default `4Gi`. */
  memoryLimit?: string | undefined
  /** Told to agents as GC_DOLT_HOST. GC_K8S_DOLT_HOST, default `dolt.<namespace>.svc.cluster.local`. */
  doltHost?: string | undefined
  /** GC_K8S_DOLT_PORT, default `3307`. */
  doltPort?: string | undefined
  /** GC_K8S_SERVICE_ACCOUNT, default none, and then no token in the pod. */
  serviceAccount?: string | undefined
  /** Where variables are read. Default: this process's environment. */
  env?: NodeJS.ProcessEnv | undefined
}
