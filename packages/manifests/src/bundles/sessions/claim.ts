import type { PersistentVolumeClaim } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'

interface Size {
  storage: string
  storageClassName: string
}

/** A volume that one pod at a time writes to. */
export function claim(namespace: string, name: string, { storage, storageClassName }: Size): PersistentVolumeClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, labels: PART_OF },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage } } },
  }
}
