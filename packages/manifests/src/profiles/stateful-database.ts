import type { StatefulSet } from '../kubernetes.ts'
import { metadataOf, podTemplate, type Workload } from './workload.ts'

interface StatefulDatabase extends Workload {
  /** The claim's volume, as the containers mount it. */
  volume: string
  storage: string
  /** The cluster's default when absent. */
  storageClassName?: string
}

/**
 * A database: one replica with a claim of its own, which outlives it. Its service has its name. A pod that cannot come
 * up is replaced when the template changes: with one replica there is no order to keep, so none is waited for.
 */
export function statefulDatabase(workload: StatefulDatabase): StatefulSet {
  const { name, selector, volume, storage, storageClassName } = workload
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(workload),
    spec: {
      serviceName: name,
      replicas: 1,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: selector },
      template: podTemplate(workload),
      volumeClaimTemplates: [
        {
          metadata: { name: volume },
          spec: {
            accessModes: ['ReadWriteOnce'],
            ...(storageClassName === undefined ? {} : { storageClassName }),
            resources: { requests: { storage } },
          },
        },
      ],
    },
  }
}
