import type { PolicyRule, Role, RoleBinding, ServiceAccount } from '../kubernetes.ts'
import { PART_OF } from '../objects.ts'
import type { SessionsValues } from './values.ts'

const agentRules: PolicyRule[] = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]

/** What the session verbs and gc's own Kubernetes providers do. An exec over a websocket is a `get`. */
const controllerRules: PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['pods', 'configmaps'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
  { apiGroups: [''], resources: ['pods/exec'], verbs: ['get', 'create'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: [''], resources: ['events'], verbs: ['get', 'list', 'watch'] },
]

/** The accounts `gc-agent`, for agents that look at their own pod, and `gc-controller`, for who runs sessions. */
export function rbac({ namespace }: SessionsValues): (ServiceAccount | Role | RoleBinding)[] {
  return [...account(namespace, 'gc-agent', agentRules), ...account(namespace, 'gc-controller', controllerRules)]
}

function account(namespace: string, name: string, rules: PolicyRule[]): [ServiceAccount, Role, RoleBinding] {
  const metadata = { name, namespace, labels: PART_OF }
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ]
}
