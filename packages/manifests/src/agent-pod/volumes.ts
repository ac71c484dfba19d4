import type { Volume, VolumeMount } from '../kubernetes.ts'
import type { AgentPodOptions, Workspace } from './options.ts'

const WORKSPACE = 'ws'
const CREDENTIALS = 'claude-config'

/** Where the agent works. */
export function workspaceOf({ workspace }: Pick<AgentPodOptions, 'workspace'>): Workspace {
  return workspace ?? { root: '/workspace' }
}

export function volumes(workspace: Workspace): Volume[] {
  return [
    ...workspaceVolume(workspace),
    { name: 'tmp', emptyDir: {} },
    { name: CREDENTIALS, secret: { secretName: 'claude-credentials', optional: true } },
  ]
}

export function volumeMounts(workspace: Workspace): VolumeMount[] {
  const mounted = 'inImage' in workspace ? [] : [{ name: WORKSPACE, mountPath: workspace.root }]
  return [
    ...mounted,
    { name: 'tmp', mountPath: '/tmp' },
    { name: CREDENTIALS, mountPath: '/tmp/claude-secret', readOnly: true },
  ]
}

function workspaceVolume(workspace: Workspace): Volume[] {
  if ('inImage' in workspace) return []
  if (workspace.claim === undefined) return [{ name: WORKSPACE, emptyDir: {} }]
  return [{ name: WORKSPACE, persistentVolumeClaim: { claimName: workspace.claim } }]
}
