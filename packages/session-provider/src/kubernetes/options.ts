import type { ClientOptions } from '@kubectl-gc/kube'
import type { Affinity, Toleration, TopologySpreadConstraint } from '@kubectl-gc/manifests/kubernetes'

/** What the GC_K8S_* variables say, one field each: see `docs/reference/variables.md` for names and defaults. */
export interface VariableSettings {
  /** Where the session pods are. GC_K8S_NAMESPACE, default `gc`. */
  namespace: string
  /** GC_K8S_CONTEXT, default the kubeconfig's current context. */
  context: string | undefined
  /** Milliseconds that a session verb may take; a start may take 5.5 times, connecting 0.3 times that. GC_K8S_TIMEOUT, default 10,000. */
  timeout: number
  /** Needed only to start. GC_K8S_IMAGE. */
  image: string | undefined
  /** Images by rig (the session's GC_RIG), before `image`. GC_K8S_RIG_IMAGES. */
  rigImages: Record<string, string> | undefined
  /** Secrets that hold the registries' credentials. GC_K8S_IMAGE_PULL_SECRET. */
  imagePullSecrets: string[] | undefined
  /** The image holds the workspace: no volume hides it and nothing is copied into it. GC_K8S_PREBAKED, default false. */
  prebaked: boolean
  /** GC_K8S_CPU_REQUEST, default `500m`. */
  cpuRequest: string
  /** GC_K8S_MEM_REQUEST, default `1Gi`. */
  memoryRequest: string
  /** GC_K8S_CPU_LIMIT, default `2`. */
  cpuLimit: string
  /** GC_K8S_MEM_LIMIT, default `4Gi`. */
  memoryLimit: string
  /** The Pod Security Standard that pods meet; `none` leaves privileges to the image. GC_K8S_POD_SECURITY, default `restricted`. */
  podSecurity: 'restricted' | 'baseline' | 'none'
  /** User and group of the agent. GC_K8S_RUN_AS_USER, default 1000 under `restricted`, else the image's. */
  runAsUser: number | undefined
  /** The agent's HOME. GC_K8S_CONTAINER_HOME, default the image's where it is writable, else the workspace. */
  containerHome: string | undefined
  /** Claim of the volume that holds the workspace, instead of one that goes with the pod. GC_K8S_WORKSPACE_PVC. */
  workspaceClaim: string | undefined
  /** Where that claim is mounted. GC_K8S_WORKSPACE_ROOT, default `/workspace`. */
  workspaceRoot: string
  /** Size of the terminal. GC_K8S_PANE_SIZE, default 220 by 50. */
  paneSize: { columns: number; rows: number }
  /** Lines that the terminal keeps. GC_K8S_HISTORY_LIMIT, default 50,000. */
  historyLimit: number
  /** Copies the terminal to the container's log. GC_K8S_MIRROR, default true. */
  mirror: boolean
  /** GC_K8S_NODE_SELECTOR. */
  nodeSelector: Record<string, string> | undefined
  /** GC_K8S_TOLERATIONS. */
  tolerations: Toleration[] | undefined
  /** GC_K8S_AFFINITY. */
  affinity: Affinity | undefined
  /** GC_K8S_TOPOLOGY_SPREAD_CONSTRAINTS. */
  topologySpreadConstraints: TopologySpreadConstraint[] | undefined
  /** GC_K8S_PRIORITY_CLASS_NAME. */
  priorityClassName: string | undefined
  /** Told to agents as GC_DOLT_HOST. GC_K8S_DOLT_HOST, default `dolt.<namespace>.svc.cluster.local`. */
  doltHost: string
  /** GC_K8S_DOLT_PORT, default `3307`. */
  doltPort: string
  /** GC_K8S_MCP_MAIL_HOST, default `mcp-mail.<namespace>.svc.cluster.local`. */
  mailHost: string
  /** GC_K8S_MCP_MAIL_PORT, default `8765`. */
  mailPort: string
  /** GC_K8S_SERVICE_ACCOUNT, default none, and then no token in the pod. */
  serviceAccount: string | undefined
  /** Service accounts by agent, before `serviceAccount`. GC_K8S_SERVICE_ACCOUNT_MAP_JSON. */
  serviceAccountMap: Record<string, string> | undefined
  /** Environment of every agent; an object is for the agent of that name. A session's own wins. GC_K8S_AGENT_ENV_JSON. */
  agentEnv: Record<string, string | Record<string, string>> | undefined
  /** Secret whose key `token` agents get as GITHUB_TOKEN, where it exists. GC_K8S_GIT_SECRET_NAME, default `git-credentials`. */
  gitSecretName: string
}

/** A GC_K8S_* variable that nobody reads. */
export interface UnknownVariable {
  name: string
  /** The variable whose name is nearly that, when there is one. */
  nearest: string | undefined
}

type Optional<T> = { [K in keyof T]?: T[K] | undefined }

/** Where sessions run, and how. Every field that is absent is read from its variable, then has the variable's default. */
export interface KubernetesSessionProviderOptions
  extends Omit<ClientOptions, 'namespace' | 'context' | 'env'>,
    Optional<VariableSettings> {
  /**
   * Keeps a session's control stream open between calls, so that the next costs a round trip. Switched off, each verb
   * runs a tmux of its own, which suits a process that makes one call; `open` gives a stream all the same. Default true.
   */
  keepStreams?: boolean | undefined
  /** Path of the city that sessions belong to: those of others in the namespace are left alone. GC_CITY, default none. */
  city?: string | undefined
  /** Where variables are read. Default: this process's environment. */
  env?: NodeJS.ProcessEnv | undefined
  /** Told of each GC_K8S_* variable that nobody reads, once. Default: nobody is told. */
  onUnknownVariable?: ((variable: UnknownVariable) => void) | undefined
}
