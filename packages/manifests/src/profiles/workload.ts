import type { Container, ObjectMeta, PodSpec, PodTemplateSpec } from '../kubernetes.ts'
import { containerSecurityContext, podSecurityContext, type Security, UNRESTRICTED_ANNOTATION } from './security.ts'

/** What every profile is told of a workload. */
export interface Workload {
  name: string
  namespace: string
  /** Labels that select its pods, and never change. */
  selector: Record<string, string>
  /** Labels of its objects. Default: the selector. */
  labels?: Record<string, string>
  /** Annotations of its pods. */
  podAnnotations?: Record<string, string>
  /** Labels of its pods beside the selector. */
  podLabels?: Record<string, string>
  security?: Security
  /** The account whose token its pods get. Default: none, and no token. */
  serviceAccountName?: string
  initContainers?: Container[]
  containers: Container[]
  /** The rest of the pod: volumes, placement, and what the profile does not set. */
  pod?: Partial<PodSpec>
}

/** Metadata of an object of the workload. */
export function metadataOf({ name, namespace, labels, selector }: Workload): ObjectMeta {
  return { name, namespace, labels: labels ?? selector }
}

/** The workload's pods, restricted unless it says why not. */
export function podTemplate(workload: Workload): PodTemplateSpec {
  const { selector, podLabels, podAnnotations, security = {}, serviceAccountName, initContainers, pod } = workload
  const because = security.unrestricted?.because
  const annotations = {
    ...podAnnotations,
    ...(because === undefined ? {} : { [UNRESTRICTED_ANNOTATION]: because }),
  }
  const secured = (container: Container): Container => ({
    ...container,
    securityContext: container.securityContext ?? containerSecurityContext(security),
  })
  return {
    metadata: {
      labels: { ...selector, ...podLabels },
      ...(podAnnotations === undefined && because === undefined ? {} : { annotations }),
    },
    spec: {
      ...(serviceAccountName === undefined ? { automountServiceAccountToken: false } : { serviceAccountName }),
      enableServiceLinks: false,
      securityContext: podSecurityContext(security),
      ...(initContainers === undefined ? {} : { initContainers: initContainers.map(secured) }),
      containers: workload.containers.map(secured),
      ...pod,
    },
  }
}
