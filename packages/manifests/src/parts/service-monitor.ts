import { z } from 'zod'
import type { LabelSelector, ObjectMeta } from '../kubernetes.ts'

/** Whether there is one. */
export const serviceMonitorValues = z
  .strictObject({ enabled: z.boolean().default(false).describe('Needs the Prometheus operator.') })
  .prefault({})
  .describe('Tells the Prometheus operator of them.')

/** How the Prometheus operator is told of metrics. */
export interface ServiceMonitor {
  apiVersion: 'monitoring.coreos.com/v1'
  kind: 'ServiceMonitor'
  metadata: ObjectMeta
  spec: { selector: LabelSelector; endpoints: { port: string; path: string }[] }
}

/** A ServiceMonitor of the service with these labels, at its port `metrics`. */
export function serviceMonitor(metadata: ObjectMeta, matchLabels: Record<string, string>): ServiceMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata,
    spec: { selector: { matchLabels }, endpoints: [{ port: 'metrics', path: '/metrics' }] },
  }
}
