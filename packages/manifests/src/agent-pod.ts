import type { Pod, ResourceRequirements } from './kubernetes.ts'

/** What the pod of one session is made from. */
export interface AgentPodOptions {
  /** The pod's name: a DNS label. */
  podName: string
  namespace: string
  /** The session's name as the caller gave it; kept in the annotation `gc-session-name`. */
  sessionName: string
  /** Label values, sanitised already. */
  labels: Record<string, string>
  image: string
  command: string
  env: Record<string, string>
  resources: ResourceRequirements
  serviceAccountName?: string | undefined
  /** Seconds between SIGTERM and SIGKILL. Default 5. */
  gracePeriodSeconds?: number | undefined
  /** Size of the session's window in character cells. Default 220 by 50. */
  paneSize?: { columns: number; rows: number } | undefined
  /** Lines of scrollback that tmux keeps. Default 50,000. */
  historyLimit?: number | undefined
}

export declare function agentPod(options: AgentPodOptions): Pod
