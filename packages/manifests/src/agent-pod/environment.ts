import { literal } from '../escape.ts'
import type { EnvVar } from '../kubernetes.ts'
import type { AgentPodOptions } from './options.ts'

/** The container's environment: ours, then the caller's, every value as it is written. */
export function environment({ env, home, gitSecretName }: AgentPodOptions): EnvVar[] {
  const own = { GC_TMUX_SESSION: 'main', LANG: 'C.UTF-8', TERM: 'xterm-256color' }
  const variables = { ...own, ...(home === undefined ? {} : { HOME: home }), ...env }
  const values = Object.entries(variables).map(([name, value]) => ({ name, value: literal(value) }))
  if (gitSecretName === undefined || 'GITHUB_TOKEN' in env) return values
  const secretKeyRef = { name: gitSecretName, key: 'token', optional: true }
  return [...values, { name: 'GITHUB_TOKEN', valueFrom: { secretKeyRef } }]
}
