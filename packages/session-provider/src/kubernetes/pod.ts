import { agentPod, type Workspace } from '@kubectl-gc/manifests/agent-pod'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { InvalidArgument } from '../errors.ts'
import type { StartConfig } from '../provider.ts'
import { podPaths } from '../starting/pod-paths.ts'
import { agentName, environmentFor, imageFor, serviceAccountFor } from './agent.ts'
import { cityLabel } from './city.ts'
import { podEnvironment } from './environment.ts'
import { AGENT_LABEL, CITY_LABEL, DIRECTORY_VARIABLE, SESSION_LABEL, START_ID_ANNOTATION } from './labels.ts'
import { labelValue } from './names.ts'
import type { Settings } from './settings.ts'

/** `provision`: all but the launch of the agent. */
export type Mode = 'start' | 'provision'

/**
 * The pod that runs a session.
 * @param staging seconds that the staging may be silent; undefined: there is none, and the agent begins at once
 * @throws {InvalidArgument} no image is set
 */
export function sessionPod(
  settings: Settings,
  session: string,
  config: StartConfig,
  podName: string,
  startId: string,
  { staging, mode = 'start' }: { staging?: number | undefined; mode?: Mode } = {},
): Pod {
  const given = defined(config.env ?? {})
  const workspace = workspaceOf(settings)
  const paths = podPaths(config, workspace.root)
  const env = podEnvironment({ ...config, env: { ...environmentFor(settings, given), ...config.env } }, paths, settings)
  const image = imageFor(settings, given)
  if (image === undefined) {
    throw new InvalidArgument('no image is set for the agent', { suggestion: 'set GC_K8S_IMAGE, or pass --image' })
  }
  const { cpuRequest, memoryRequest, cpuLimit, memoryLimit } = settings
  return agentPod({
    ...settings,
    podName,
    sessionName: session,
    labels: labels(settings, session, given),
    annotations: { [START_ID_ANNOTATION]: startId },
    image,
    command: paths.inCommand(config.command ?? ''),
    env: { ...env, [DIRECTORY_VARIABLE]: paths.workDir },
    workDir: paths.workDir === workspace.root ? undefined : paths.workDir,
    staging,
    mode,
    home: settings.containerHome,
    resources: {
      requests: { cpu: cpuRequest, memory: memoryRequest },
      limits: { cpu: cpuLimit, memory: memoryLimit },
    },
    serviceAccountName: serviceAccountFor(settings, given),
    workspace,
  })
}

/** What is really set. */
function defined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function labels(settings: Settings, session: string, env: Record<string, string>): Record<string, string> {
  const city = settings.city ?? (env.GC_CITY || undefined)
  return {
    [SESSION_LABEL]: labelValue(session),
    [AGENT_LABEL]: labelValue(agentName(env) ?? ''),
    ...(city === undefined ? {} : { [CITY_LABEL]: cityLabel(city) }),
  }
}

/** A claim goes before the image's own files: the fork that has both mounts it. */
export function workspaceOf({ workspaceClaim, workspaceRoot, prebaked }: Settings): Workspace {
  if (workspaceClaim !== undefined) return { root: workspaceRoot, claim: workspaceClaim }
  return prebaked ? { root: '/workspace', inImage: true } : { root: '/workspace' }
}
