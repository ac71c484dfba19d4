import type { ObjectMeta, PolicyRule } from '../../kubernetes.ts'
import type { KubernetesObject } from '../../objects.ts'
import { grantInCluster, grantInNamespace } from '../../parts/access.ts'
import type { Release } from '../../release.ts'
import { all, each, equals, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import type { OperatorValues } from './values.ts'

const GROUP = 'gastown.gastown.io'
const ALL = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const KINDS = ['rigs', 'polecats', 'convoys', 'witnesses', 'refineries', 'beadstores']

const views: PolicyRule[] = [
  {
    apiGroups: [GROUP],
    resources: KINDS.flatMap((kind) => [kind, `${kind}/status`, `${kind}/finalizers`]),
    verbs: ALL,
  },
  { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
]

const leases: PolicyRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'update', 'patch'] },
]

const pods: PolicyRule[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['create', 'delete', 'get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
]

/**
 * What the operator may do. In every mode: its own custom resources, events about them, and its Lease. Pods, and the
 * named Secrets, only where it runs polecats as pods.
 */
export function rbac(values: Template<OperatorValues>, release: Release, account: string): KubernetesObject[] {
  const { executionMode, polecatNamespaces, gitSecrets } = values
  const { fullname, namespace, labels } = release
  const to = { name: account, namespace }
  const runsPods = equals(executionMode, 'kubernetes')
  const own = (part: string): ObjectMeta => ({ name: `${fullname}-${part}`, namespace, labels })
  return [
    ...grantInCluster({ metadata: { name: `${namespace}:${fullname}`, labels }, rules: views, to }),
    ...grantInNamespace({ metadata: own('leader-election'), rules: leases, to }),
    ...when(runsPods, [
      ...grantInNamespace({ metadata: own('polecats'), rules: pods, to }),
      ...each(polecatNamespaces, 'allowed', (allowed: boolean, other) =>
        when(
          allowed,
          grantInNamespace({
            metadata: { name: `${namespace}:${fullname}-polecats`, namespace: other, labels },
            rules: pods,
            to,
          }),
        ),
      ),
    ]),
    ...when(all(runsPods, gitSecrets), [
      ...grantInNamespace({
        metadata: own('git-secrets'),
        rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: gitSecrets, verbs: ['get'] }],
        to,
      }),
    ]),
  ]
}
