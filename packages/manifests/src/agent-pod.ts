import { agentContainer } from './agent-pod/container.ts'
import type { AgentPodOptions } from './agent-pod/options.ts'
import { scheduling } from './agent-pod/scheduling.ts'
import { podSecurity } from './agent-pod/security.ts'
import { volumes, workspaceOf } from './agent-pod/volumes.ts'
import type { Pod } from './kubernetes.ts'

export type { AgentPodOptions, Workspace } from './agent-pod/options.ts'

/** Annotation that holds the session's name as the caller gave it. */
export const SESSION_NAME_ANNOTATION = 'gc-session-name'
/** Label that says in which mode the pod's supervisor runs; `staging` while it may hold the agent back. */
export const SUPERVISOR_LABEL = 'kubectl-gc.dev/supervisor'

/** The pod of one session: tmux session `main` under the supervisor, in a container named `agent`. */
export function agentPod(options: AgentPodOptions): Pod {
  const { podName, namespace, sessionName, labels, annotations, mode = 'start', serviceAccountName } = options
  const pullSecrets = options.imagePullSecrets?.map((name) => ({ name }))
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName,
      namespace,
      labels: { ...labels, app: 'gc-agent', [SUPERVISOR_LABEL]: options.staging === undefined ? mode : 'staging' },
      annotations: { ...annotations, [SESSION_NAME_ANNOTATION]: sessionName },
    },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: options.gracePeriodSeconds ?? 5,
      enableServiceLinks: false,
      automountServiceAccountToken: serviceAccountName !== undefined,
      ...(serviceAccountName === undefined ? {} : { serviceAccountName }),
      ...(pullSecrets === undefined ? {} : { imagePullSecrets: pullSecrets }),
      ...podSecurity(options),
      ...scheduling(options),
      containers: [agentContainer(options)],
      volumes: volumes(workspaceOf(options)),
    },
  }
}
