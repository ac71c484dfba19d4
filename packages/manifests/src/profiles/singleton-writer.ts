import type { Deployment } from '../kubernetes.ts'
import { ProfileError } from './errors.ts'
import { metadataOf, podTemplate, type Workload } from './workload.ts'

interface SingletonWriter extends Workload {
  /** The one claim that it writes to, and the volume's name. */
  claim: { claimName: string; volume: string }
  /** Taken to be refused: there is one. */
  replicas?: unknown
  /** Taken to be refused: there is one. */
  autoscaling?: unknown
}

/**
 * A workload whose files only one process may write, such as an embedded database: one replica, which ends before the
 * next begins, on one claim. The claim is not made here.
 * @throws {ProfileError} more replicas than one, also as a value that somebody could raise, or an autoscaler
 */
export function singletonWriter(workload: SingletonWriter): Deployment {
  const { replicas, autoscaling, selector, claim, name, pod } = workload
  const refuse = (what: string) => {
    const message = `${what}, but only one process may write to ${claim.claimName}; use the profile stateless, or leave it out`
    throw new ProfileError('singletonWriter', name, message)
  }
  if (replicas !== undefined && replicas !== 1) refuse('more replicas than one are possible')
  if (autoscaling !== undefined) refuse('an autoscaler would start more')
  const volume = { name: claim.volume, persistentVolumeClaim: { claimName: claim.claimName } }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(workload),
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selector },
      template: podTemplate({ ...workload, pod: { ...pod, volumes: [volume, ...(pod?.volumes ?? [])] } }),
    },
  }
}
