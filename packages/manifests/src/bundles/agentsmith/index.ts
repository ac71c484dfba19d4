import { defineBundle } from '../../bundle.ts'
import type { ConfigMap, ObjectMeta, PolicyRule } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { grantInNamespace, serviceAccount } from '../../parts/access.ts'
import { ingress } from '../../parts/ingress.ts'
import { when } from '../../template/combinators.ts'
import { DISPATCHER, dispatcherDeployment, dispatcherService, labelsOf } from './dispatcher.ts'
import { redisDeployment, redisService } from './redis.ts'
import { agentsmithValues } from './values.ts'

const jobs: PolicyRule[] = [
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'delete', 'get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
]

function metadata(name: string, namespace: string, component: string): ObjectMeta {
  const labels = { 'app.kubernetes.io/name': 'agentsmith', 'app.kubernetes.io/component': component, ...PART_OF }
  return { name, namespace, labels }
}

function configMap(namespace: string, config: string): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata('agentsmith-config', namespace, 'config'),
    data: { 'agentsmith.yml': config },
  }
}

/** The chat dispatcher of seed 4: Slack to Jobs over Redis. */
export const agentsmithBundle = defineBundle({
  name: 'agentsmith',
  description: 'The agentsmith dispatcher, which turns chat commands into Jobs, and its Redis',
  version: '0.1.0',
  defaultNamespace: 'agentsmith',
  values: agentsmithValues,
  namespace: ({ podSecurity }, { namespace }) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: {
        'app.kubernetes.io/name': 'agentsmith',
        ...PART_OF,
        'pod-security.kubernetes.io/enforce': podSecurity,
      },
    },
  }),
  files: (values, { namespace }) => ({
    'serviceaccount.yaml': serviceAccount(metadata('agentsmith', namespace, 'rbac')),
    'rbac.yaml': grantInNamespace({
      metadata: metadata('agentsmith-job-manager', namespace, 'rbac'),
      rules: jobs,
      to: { name: 'agentsmith', namespace },
    }),
    'configmap.yaml': configMap(namespace, values.config),
    'redis-service.yaml': redisService(namespace),
    'dispatcher-service.yaml': dispatcherService(namespace, values),
    'redis-deployment.yaml': redisDeployment(namespace, values),
    'dispatcher-deployment.yaml': dispatcherDeployment(namespace, values),
    'ingress.yaml': when(values.ingress.enabled, [
      ingress({ name: DISPATCHER, namespace, labels: labelsOf('ingress') }, values.ingress, {
        service: DISPATCHER,
        port: 'http',
      }),
    ]),
  }),
  overlays: {
    dev: {
      description: 'A cluster on one machine: images that were loaded into it, and a port on its node.',
      values: {
        replicaCount: 1,
        image: { pullPolicy: 'Never' },
        environment: 'Development',
        agent: { pullPolicy: 'Never' },
        service: { type: 'NodePort', nodePort: 30_080 },
      },
    },
    prod: {
      description: 'Two dispatchers behind an Ingress.',
      values: {
        replicaCount: 2,
        image: { pullPolicy: 'Always' },
        agent: { pullPolicy: 'Always' },
        resources: { requests: { cpu: '200m', memory: '384Mi' }, limits: { cpu: '1000m', memory: '768Mi' } },
        ingress: { enabled: true },
      },
    },
  },
  notes: ({ secretName }, { namespace }) => [
    `The dispatcher starts once the Secret ${secretName} is there:`,
    '',
    `  kubectl --namespace ${namespace} create secret generic ${secretName} \\`,
    '    --from-literal=redis-url=redis://redis:6379 \\',
    '    --from-literal=slack-bot-token=TOKEN --from-literal=slack-signing-secret=SECRET',
    '',
    'Ask for its health:',
    '',
    `  kubectl --namespace ${namespace} rollout status deployment/${DISPATCHER}`,
    `  kubectl --namespace ${namespace} port-forward svc/${DISPATCHER} 8080:80`,
    '  curl http://localhost:8080/health',
  ],
})
