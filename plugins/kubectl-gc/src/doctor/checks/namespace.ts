import { isApiError, resource } from '@kubectl-gc/kube'
import type { Namespace } from '@kubectl-gc/manifests/kubernetes'
import { type Check, failed, ok, skipped } from '../check.ts'

const namespaces = resource<Namespace>('', 'v1', 'namespaces', false)
const ENFORCE = 'pod-security.kubernetes.io/enforce'

/** Whether the namespace is there, and stays. */
export const namespace: Check = {
  name: 'namespace',
  async look({ cluster: { client, namespace: name }, signal }) {
    try {
      const { metadata, status } = await client.get(namespaces, { name }, { signal })
      if (status?.phase === 'Terminating') {
        return failed(`${name} is being deleted`, `wait until it is gone, then: kubectl gc install --namespace ${name}`)
      }
      return ok(`${name}, which enforces Pod Security "${metadata?.labels?.[ENFORCE] ?? 'privileged'}"`)
    } catch (error) {
      if (isApiError(error, 'NotFound'))
        return failed(`there is no namespace ${name}`, `kubectl gc install --namespace ${name}`)
      if (isApiError(error, 'Forbidden')) return skipped(`you may not look at namespace ${name} itself`)
      throw error
    }
  },
}
