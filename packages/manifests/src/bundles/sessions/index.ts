import { defineBundle } from '../../bundle.ts'
import { equals, when } from '../../template/combinators.ts'
import { doltNetworkPolicy, doltService, doltStatefulSet } from './dolt.ts'
import { namespace } from './namespace.ts'
import { rbac } from './rbac.ts'
import { sessionsValues } from './values.ts'

/** All that sessions need in a cluster: namespace, Dolt, and the accounts `gc-agent` and `gc-controller`. */
export const sessionsBundle = defineBundle({
  name: 'sessions',
  description: 'What agent sessions need in a cluster: Dolt, and permissions',
  version: '0.1.0',
  defaultNamespace: 'gc',
  values: sessionsValues,
  namespace: ({ podSecurity }, release) => namespace(release.namespace, podSecurity),
  files: ({ dolt }, { namespace }) => ({
    'dolt-statefulset.yaml': doltStatefulSet(namespace, dolt),
    'dolt-service.yaml': [
      doltService(namespace),
      ...when(equals(dolt.clients, 'namespace'), [doltNetworkPolicy(namespace)]),
    ],
    'rbac.yaml': rbac(namespace),
  }),
  notes: (_, { namespace }) => [
    `Dolt answers at dolt.${namespace}.svc.cluster.local:3307 once it is ready:`,
    '',
    `  kubectl --namespace ${namespace} rollout status statefulset/dolt`,
    '',
    'Start a session:',
    '',
    `  kubectl gc start mayor --namespace ${namespace} --image IMAGE`,
  ],
})
