import type { PolicyRule, Role, RoleBinding, ServiceAccount } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'

const agentRules: PolicyRule[] = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]

/** What the session verbs do, and nothing else: a test runs them without each. An exec over a websocket is a `get`. */
const sessionRules: PolicyRule[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['pods/exec'], verbs: ['get', 'create'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: [''], resources: ['events'], verbs: ['list'] },
]

/** What gc does in a cluster besides: its own Kubernetes provider updates pods, and its event log is ConfigMaps. */
const cityRules: PolicyRule[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['update'] },
  {
    apiGroups: [''],
    resources: ['configmaps'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
]

const AGENT = 'gc-agent'
/** The account of who runs sessions. */
export const CONTROLLER = 'gc-controller'
const CITY = 'gc-controller-city'

/** The accounts `gc-agent`, for agents that look at their own pod, and `gc-controller`, for who runs sessions. */
export function rbac(namespace: string): (ServiceAccount | Role | RoleBinding)[] {
  return [
    account(namespace, AGENT),
    ...grant(namespace, { name: AGENT, account: AGENT, does: 'An agent looks at its own pod.', rules: agentRules }),
    ...controllerAccess(namespace),
  ]
}

/** The account `gc-controller`, and what it may do. */
export function controllerAccess(namespace: string): (ServiceAccount | Role | RoleBinding)[] {
  const role = (name: string, does: string, rules: PolicyRule[]) =>
    grant(namespace, { name, account: CONTROLLER, does, rules })
  return [
    account(namespace, CONTROLLER),
    ...role(CONTROLLER, 'The session verbs.', sessionRules),
    ...role(CITY, 'A gc that runs in the cluster: its event log, and pods that it updates.', cityRules),
  ]
}

function account(namespace: string, name: string): ServiceAccount {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, labels: PART_OF } }
}

function grant(
  namespace: string,
  { name, account, does, rules }: { name: string; account: string; does: string; rules: PolicyRule[] },
): [Role, RoleBinding] {
  const metadata = { name, namespace, labels: PART_OF, annotations: { 'kubernetes.io/description': does } }
  return [
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
    },
  ]
}
