import type { PodSpec } from '../kubernetes.ts'
import type { AgentPodOptions } from './options.ts'

/** Which nodes may take the pod, and before whom. */
export function scheduling(options: AgentPodOptions): Partial<PodSpec> {
  const { nodeSelector, tolerations, affinity, topologySpreadConstraints, priorityClassName } = options
  const sessions = { matchLabels: { app: 'gc-agent' } }
  return {
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    ...(tolerations === undefined ? {} : { tolerations }),
    ...(affinity === undefined ? {} : { affinity }),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(topologySpreadConstraints === undefined
      ? {}
      : {
          topologySpreadConstraints: topologySpreadConstraints.map((one) => ({ labelSelector: sessions, ...one })),
        }),
  }
}
