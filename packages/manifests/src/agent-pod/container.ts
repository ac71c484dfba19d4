import { supervisorCommand } from '@kubectl-gc/agent'
import { literal } from '../escape.ts'
import type { Container } from '../kubernetes.ts'
import { environment } from './environment.ts'
import type { AgentPodOptions } from './options.ts'
import { containerSecurity } from './security.ts'
import { volumeMounts, workspaceOf } from './volumes.ts'

/** The container `agent`: tmux session `main` under the supervisor. */
export function agentContainer(options: AgentPodOptions): Container {
  const { mode, command, paneSize, historyLimit, mirror, workDir, staging } = options
  const [shell = '/bin/sh', ...args] = supervisorCommand({
    mode,
    command,
    paneSize,
    historyLimit,
    mirror,
    workDir,
    staging,
  })
  const workspace = workspaceOf(options)
  return {
    name: 'agent',
    image: options.image,
    imagePullPolicy: 'IfNotPresent',
    command: [shell],
    args: args.map(literal),
    workingDir: workspace.root,
    env: environment(options),
    resources: options.resources,
    ...containerSecurity(options),
    volumeMounts: volumeMounts(workspace),
  }
}
