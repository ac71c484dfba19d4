import type {
  ClusterRole,
  ClusterRoleBinding,
  ObjectMeta,
  PolicyRule,
  Role,
  RoleBinding,
  ServiceAccount,
} from '../kubernetes.ts'

interface Account {
  name: string
  namespace: string
}

interface Grant {
  metadata: ObjectMeta
  rules: PolicyRule[]
  to: Account
}

const GROUP = 'rbac.authorization.k8s.io'

export function serviceAccount(metadata: ObjectMeta): ServiceAccount {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata }
}

/** Rules in one namespace for one account, which may be of another. */
export function grantInNamespace({ metadata, rules, to }: Grant): [Role, RoleBinding] {
  return [
    { apiVersion: `${GROUP}/v1`, kind: 'Role', metadata, rules },
    {
      apiVersion: `${GROUP}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: GROUP, kind: 'Role', name: metadata.name ?? '' },
      subjects: [{ kind: 'ServiceAccount', ...to }],
    },
  ]
}

/** Rules in every namespace. The name must tell installations apart, because the object is in none. */
export function grantInCluster({ metadata, rules, to }: Grant): [ClusterRole, ClusterRoleBinding] {
  return [
    { apiVersion: `${GROUP}/v1`, kind: 'ClusterRole', metadata, rules },
    {
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: metadata.name ?? '' },
      subjects: [{ kind: 'ServiceAccount', ...to }],
    },
  ]
}
