import type { PersistentVolumeClaim } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'

interface Size {
  storage: string
  storageClassName: string
}

/** A volume that one pod at a time writes to. Helm leaves it when the chart is uninstalled, as it does with Dolt's. */
export function claim(namespace: string, name: string, { storage, storageClassName }: Size): PersistentVolumeClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, labels: PART_OF, annotations: { 'helm.sh/resource-policy': 'keep' } },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage } } },
  }
}
