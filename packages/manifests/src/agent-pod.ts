import { supervisorCommand } from '@kubectl-gc/agent'
import { literal } from './escape.ts'
import type { Container, EnvVar, Pod, PodSecurityContext, ResourceRequirements, SecurityContext } from './kubernetes.ts'

/** Annotation that holds the session's name as the caller gave it. */
export const SESSION_NAME_ANNOTATION = 'gc-session-name'
/** Label that says in which mode the pod's supervisor runs. */
export const SUPERVISOR_LABEL = 'kubectl-gc.dev/supervisor'

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
  /** Shell text; empty: an interactive shell. */
  command: string
  /** Taken literally; wins over what the pod sets itself. */
  env: Record<string, string>
  resources: ResourceRequirements
  serviceAccountName?: string | undefined
  /** Seconds between SIGTERM and SIGKILL. Default 5. */
  gracePeriodSeconds?: number | undefined
  /** Size of the session's window in character cells. Default 220 by 50. */
  paneSize?: { columns: number; rows: number } | undefined
  /** Lines of scrollback that tmux keeps. Default 50,000. */
  historyLimit?: number | undefined
  /** What PID 1 does: see `supervisorCommand` of `@kubectl-gc/agent`. Default `start`. */
  mode?: 'start' | 'provision' | undefined
  /** Copies what the pane prints to the container's log. Default true. */
  mirror?: boolean | undefined
  /** The Pod Security Standard to meet. `none` leaves the image's user and privileges alone. Default `restricted`. */
  podSecurity?: 'restricted' | 'baseline' | 'none' | undefined
  /** User, group and owner of the volumes. Default 1000; 0 only outside `restricted`. */
  runAsUser?: number | undefined
}

/** The pod of one session: tmux session `main` under the supervisor, in a container named `agent`. */
export function agentPod(options: AgentPodOptions): Pod {
  const { podName, namespace, sessionName, labels, annotations, mode = 'start' } = options
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName,
      namespace,
      labels: { ...labels, app: 'gc-agent', [SUPERVISOR_LABEL]: mode },
      annotations: { ...annotations, [SESSION_NAME_ANNOTATION]: sessionName },
    },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: options.gracePeriodSeconds ?? 5,
      enableServiceLinks: false,
      automountServiceAccountToken: options.serviceAccountName !== undefined,
      ...(options.serviceAccountName === undefined ? {} : { serviceAccountName: options.serviceAccountName }),
      ...podSecurity(options),
      containers: [agentContainer(options)],
      volumes: [
        { name: 'ws', emptyDir: {} },
        { name: 'tmp', emptyDir: {} },
        { name: 'claude-config', secret: { secretName: 'claude-credentials', optional: true } },
      ],
    },
  }
}

function agentContainer(options: AgentPodOptions): Container {
  const { mode, command, paneSize, historyLimit, mirror } = options
  const [shell = '/bin/sh', ...args] = supervisorCommand({ mode, command, paneSize, historyLimit, mirror })
  return {
    name: 'agent',
    image: options.image,
    imagePullPolicy: 'IfNotPresent',
    command: [shell],
    args: args.map(literal),
    workingDir: '/workspace',
    env: environment(options.env),
    resources: options.resources,
    ...containerSecurity(options),
    volumeMounts: [
      { name: 'ws', mountPath: '/workspace' },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'claude-config', mountPath: '/tmp/claude-secret', readOnly: true },
    ],
  }
}

function environment(env: Record<string, string>): EnvVar[] {
  const variables = { GC_TMUX_SESSION: 'main', LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env }
  return Object.entries(variables).map(([name, value]) => ({ name, value: literal(value) }))
}

function podSecurity({ podSecurity = 'restricted', runAsUser }: AgentPodOptions): {
  securityContext?: PodSecurityContext
} {
  const user = runAsUser ?? (podSecurity === 'restricted' ? 1000 : undefined)
  if (user === undefined) return {}
  const identity = { runAsUser: user, runAsGroup: user, fsGroup: user }
  if (podSecurity !== 'restricted') return { securityContext: identity }
  return { securityContext: { runAsNonRoot: true, ...identity, seccompProfile: { type: 'RuntimeDefault' } } }
}

function containerSecurity({ podSecurity = 'restricted' }: AgentPodOptions): { securityContext?: SecurityContext } {
  if (podSecurity === 'none') return {}
  if (podSecurity === 'baseline') return { securityContext: { allowPrivilegeEscalation: false } }
  return { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }
}
