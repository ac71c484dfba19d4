import type { Affinity, ResourceRequirements, Toleration, TopologySpreadConstraint } from '../kubernetes.ts'

/** What the pod of one session is made from. */
export interface AgentPodOptions {
  /** The pod's name: a DNS label. */
  podName: string
  namespace: string
  /** The session's name as the caller gave it; kept in the annotation `gc-session-name`. */
  sessionName: string
  /** Label values, sanitised already. */
  labels: Record<string, string>
  /** More annotations. */
  annotations?: Record<string, string> | undefined
  image: string
  /** Secrets with which the kubelet pulls it. */
  imagePullSecrets?: string[] | undefined
  /** Shell text; empty: an interactive shell. */
  command: string
  /** Taken literally; wins over what the pod sets itself. */
  env: Record<string, string>
  /** Secret whose key `token` becomes GITHUB_TOKEN, where the Secret exists and `env` has none. Default: no variable. */
  gitSecretName?: string | undefined
  /** The agent's HOME. Default: the image's where it is writable, else the workspace. */
  home?: string | undefined
  resources: ResourceRequirements
  serviceAccountName?: string | undefined
  /** Seconds between SIGTERM and SIGKILL. Default 5. */
  gracePeriodSeconds?: number | undefined
  /** Where the agent works, and what is mounted there. Default: an empty volume at `/workspace`. */
  workspace?: Workspace | undefined
  /** Size of the session's window in character cells. Default 220 by 50. */
  paneSize?: { columns: number; rows: number } | undefined
  /** Lines of scrollback that tmux keeps. Default 50,000. */
  historyLimit?: number | undefined
  /** What PID 1 does: see `supervisorCommand` of `@kubectl-gc/agent`. Default `start`. */
  mode?: 'start' | 'provision' | undefined
  /** The agent's directory; made where there is none. Default: the workspace. */
  workDir?: string | undefined
  /** Holds the agent back, and tells how many seconds it may be silent: see `supervisorCommand`. Default: it is not. */
  staging?: number | undefined
  /** Copies what the pane prints to the container's log. Default true. */
  mirror?: boolean | undefined
  /** The Pod Security Standard to meet. `none` leaves the image's user and privileges alone. Default `restricted`. */
  podSecurity?: 'restricted' | 'baseline' | 'none' | undefined
  /** User, group and owner of the volumes. Default 1000 under `restricted`; 0 only outside it. */
  runAsUser?: number | undefined
  nodeSelector?: Record<string, string> | undefined
  tolerations?: Toleration[] | undefined
  affinity?: Affinity | undefined
  /** One without a selector counts the pods of all sessions. */
  topologySpreadConstraints?: TopologySpreadConstraint[] | undefined
  priorityClassName?: string | undefined
}

export type Workspace =
  /** A volume at `root`: of the claim where one is named, else an empty one that goes with the pod. */
  | { root: string; claim?: string | undefined }
  /** What the image has at `root`, with nothing mounted over it. */
  | { root: string; inImage: true }
