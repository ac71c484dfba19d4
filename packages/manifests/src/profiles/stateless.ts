import { z } from 'zod'
import type { Deployment, HorizontalPodAutoscaler, MetricSpec, PodDisruptionBudget } from '../kubernetes.ts'
import { not, when } from '../template/combinators.ts'
import type { Template } from '../template/reference.ts'
import { metadataOf, podTemplate, type Workload } from './workload.ts'

/** Values of a workload's autoscaler. */
export const autoscalingValues = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Lets the load decide on the number of replicas.'),
    minReplicas: z.int().min(1).default(2).describe('Replicas without any load.'),
    maxReplicas: z.int().min(1).default(10).describe('Replicas at most.'),
    cpuPercent: z.int().min(1).default(70).describe('Use of the requested CPU to aim at, in percent.'),
    memoryPercent: z.int().min(1).default(80).describe('Use of the requested memory to aim at, in percent.'),
  })
  .prefault({})

type Autoscaling = Template<z.output<typeof autoscalingValues>>

interface Stateless extends Workload {
  /** Without an autoscaler, or while it is off. */
  replicas: number
  autoscaling?: Autoscaling
  /** Default: the workload's name. */
  autoscalerName?: string
}

/** The objects of a workload that keeps nothing and of which any number may run. */
export interface StatelessObjects {
  /** Replaced one by one: a new pod is ready before an old one goes. */
  deployment: Deployment
  /** Lets one pod at a time be evicted, so that a node can be drained however many there are. */
  disruptionBudget: PodDisruptionBudget
  /** None or one, under the value `enabled`. */
  autoscaler: HorizontalPodAutoscaler[]
}

/** A workload without state: rolling update, disruption budget and, where values for one are given, an autoscaler. */
export function stateless(workload: Stateless): StatelessObjects {
  const { replicas, selector, autoscaling } = workload
  const metadata = metadataOf(workload)
  return {
    deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        // The autoscaler's number must not be set back by whoever applies the manifest again.
        ...(autoscaling === undefined ? { replicas } : when(not(autoscaling.enabled), { replicas })),
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        selector: { matchLabels: selector },
        template: podTemplate(workload),
      },
    },
    disruptionBudget: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
    },
    autoscaler: autoscaling === undefined ? [] : when(autoscaling.enabled, [autoscaler(workload, autoscaling)]),
  }
}

function autoscaler(workload: Stateless, autoscaling: Autoscaling): HorizontalPodAutoscaler {
  const { minReplicas, maxReplicas, cpuPercent, memoryPercent } = autoscaling
  const { name, autoscalerName = name } = workload
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf({ ...workload, name: autoscalerName }),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas,
      maxReplicas,
      metrics: [utilization('cpu', cpuPercent), utilization('memory', memoryPercent)],
    },
  }
}

function utilization(name: string, averageUtilization: number): MetricSpec {
  return { type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }
}
