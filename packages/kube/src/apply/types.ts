import type { KubernetesObject } from '../objects.ts'

/** One entry of `metadata.managedFields`. */
export interface ManagedFields {
  manager?: string
  operation?: string
  subresource?: string
  fieldsV1?: Record<string, unknown>
}

/** The parts of an object on the server that an installation looks at. */
export interface LiveObject extends KubernetesObject {
  metadata?: KubernetesObject['metadata'] & {
    generation?: number
    managedFields?: ManagedFields[]
    ownerReferences?: { kind: string; name: string; controller?: boolean }[]
  }
}

export interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
}

/** A Deployment, StatefulSet, DaemonSet, Job, claim or definition, as far as its readiness is concerned. */
export interface Waitable extends LiveObject {
  spec?: {
    replicas?: number
    suspend?: boolean
    storageClassName?: string
    selector?: { matchLabels?: Record<string, string> }
    volumeClaimTemplates?: { metadata?: { name?: string } }[]
  }
  status?: Record<string, unknown> & { phase?: string; conditions?: Condition[]; observedGeneration?: number }
}

interface ContainerState {
  waiting?: { reason?: string; message?: string }
  running?: object
  terminated?: { exitCode: number; reason?: string; message?: string }
}

export interface ContainerStatus {
  name: string
  image?: string
  ready?: boolean
  restartCount?: number
  state?: ContainerState
  lastState?: ContainerState
}

export interface Pod extends LiveObject {
  spec?: { restartPolicy?: string }
  status?: {
    phase?: string
    reason?: string
    message?: string
    conditions?: Condition[]
    initContainerStatuses?: ContainerStatus[]
    containerStatuses?: ContainerStatus[]
  }
}

export interface Event extends KubernetesObject {
  type?: string
  reason?: string
  message?: string
  involvedObject: { kind?: string; name?: string }
  lastTimestamp?: string | null
  eventTime?: string | null
  series?: { lastObservedTime?: string }
}
