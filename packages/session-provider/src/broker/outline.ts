import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { SESSION_NAME_ANNOTATION } from '../kubernetes/labels.ts'

/** What of a pod tells whether it runs a session. A thousand whole ones would take tens of megabytes. */
export function outline({ metadata = {}, spec, status = {} }: Pod): Pod {
  const { name, namespace, uid, resourceVersion, labels, annotations, deletionTimestamp } = metadata
  const session = annotations?.[SESSION_NAME_ANNOTATION]
  const { phase, reason, message, containerStatuses } = status
  const details = phase === 'Running' ? { containerStatuses } : status
  return {
    metadata: {
      ...defined({ name, namespace, uid, resourceVersion, labels, deletionTimestamp }),
      ...(session === undefined ? {} : { annotations: { [SESSION_NAME_ANNOTATION]: session } }),
    },
    spec: { containers: [], ...defined({ nodeName: spec?.nodeName }) },
    status: defined({ phase, reason, message, ...details }),
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>
}
