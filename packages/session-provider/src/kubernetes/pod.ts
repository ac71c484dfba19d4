import { agentPod } from '@kubectl-gc/manifests/agent-pod'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { InvalidArgument } from '../errors.ts'
import type { StartConfig } from '../provider.ts'
import { AGENT_LABEL, SESSION_LABEL, START_ID_ANNOTATION } from './labels.ts'
import { labelValue } from './names.ts'
import type { Settings } from './settings.ts'

/**
 * The pod that runs a session.
 * @throws {InvalidArgument} no image is set
 */
export function sessionPod(
  settings: Settings,
  session: string,
  config: StartConfig,
  podName: string,
  startId: string,
): Pod {
  if (settings.image === undefined) {
    throw new InvalidArgument('no image is set for the agent', { suggestion: 'set GC_K8S_IMAGE, or pass --image' })
  }
  const env = { ...doltEnvironment(settings), ...config.env }
  return agentPod({
    podName,
    namespace: settings.namespace,
    sessionName: session,
    labels: {
      [SESSION_LABEL]: labelValue(session),
      [AGENT_LABEL]: labelValue(env.GC_ALIAS ?? env.GC_AGENT ?? ''),
    },
    annotations: { [START_ID_ANNOTATION]: startId },
    image: settings.image,
    command: config.command ?? '',
    env,
    resources: settings.resources,
    serviceAccountName: settings.serviceAccount,
  })
}

function doltEnvironment({ dolt }: Settings): Record<string, string> {
  return {
    GC_DOLT_HOST: dolt.host,
    GC_DOLT_PORT: dolt.port,
    BEADS_DOLT_SERVER_HOST: dolt.host,
    BEADS_DOLT_SERVER_PORT: dolt.port,
  }
}
