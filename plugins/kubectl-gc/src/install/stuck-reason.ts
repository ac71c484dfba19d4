import { stuckReason as stuck } from '@kubectl-gc/kube/apply'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'

/** What keeps a pod from being ready, in words; undefined when nothing but time does. */
export function stuckReason(pod: Pod): string | undefined {
  return stuck(pod)?.why
}
