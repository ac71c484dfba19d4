import { stringify } from 'yaml'

/** `kustomization.yaml` with these fields. */
export function kustomization(fields: object): string {
  const head = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }
  return stringify({ ...head, ...fields }, { lineWidth: 0 })
}
