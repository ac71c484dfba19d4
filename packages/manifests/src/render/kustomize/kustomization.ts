import { write } from '../write.ts'

/** `kustomization.yaml` with these fields. */
export function kustomization(fields: object): string {
  const head = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }
  return write({ ...head, ...fields })
}
