import { defineBundle } from '../../bundle.ts'
import type { PolicyRule, ResourceQuota } from '../../kubernetes.ts'
import type { KubernetesObject } from '../../objects.ts'
import { grantInNamespace, serviceAccount } from '../../parts/access.ts'
import { accountName } from '../../parts/dispatching-settings.ts'
import { externalSecret } from '../../parts/external-secret.ts'
import { ingress } from '../../parts/ingress.ts'
import { keptHelper } from '../../parts/kept.ts'
import { redis } from '../../parts/redis.ts'
import { serviceMonitor } from '../../parts/service-monitor.ts'
import { telemetry } from '../../parts/telemetry.ts'
import type { Release } from '../../release.ts'
import { equals, text, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { dispatcher, services } from './deployment.ts'
import { networkPolicies } from './network-policies.ts'
import { notes } from './notes.ts'
import { redisSelector } from './selectors.ts'
import { otlpEndpoint, ownRedis, ownSecret, secretName, secrets, settings } from './settings.ts'
import { type DispatcherValues, dispatcherValues } from './values.ts'

type Values = Template<DispatcherValues>

const NAME = 'dispatcher'

/** Jobs and what becomes of them; events that tell of it; the Lease of who polls. */
const rules: PolicyRule[] = [
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'update', 'patch'] },
]

/** Where the queue is in the API server. */
const queueRules: PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['configmaps'],
    verbs: ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete'],
  },
]

function quota({ fullname, namespace, labels }: Release, maximum: number): ResourceQuota {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: fullname, namespace, labels },
    spec: { hard: { 'count/jobs.batch': text(maximum) } },
  }
}

function queue(values: Values, release: Release): KubernetesObject[] {
  const objects = redis({
    name: `${release.fullname}-redis`,
    namespace: release.namespace,
    labels: { ...release.labels, 'app.kubernetes.io/component': 'redis' },
    selector: redisSelector(release),
    values: values.redis,
    password: { name: secretName(values, release), key: 'REDIS_PASSWORD' },
  })
  return when(ownRedis(values), objects)
}

function access(values: Values, { fullname: name, namespace, labels }: Release, account: string): KubernetesObject[] {
  const to = { name: account, namespace }
  return [
    ...grantInNamespace({ metadata: { name, namespace, labels }, rules, to }),
    ...when(equals(values.stateBackend, 'kubernetes'), [
      ...grantInNamespace({ metadata: { name: `${name}-queue`, namespace, labels }, rules: queueRules, to }),
    ]),
  ]
}

/** Our own dispatcher: events from GitLab, Jira and Slack to Jobs, with everything on that makes it safe. */
export const dispatcherBundle = defineBundle({
  name: NAME,
  description: 'Turns events from GitLab, Jira and Slack into agent Jobs',
  version: '0.1.0',
  defaultNamespace: 'gc-dispatcher',
  values: dispatcherValues,
  example: {
    redis: { password: 'REDIS-PASSWORD' },
    gitlab: { url: 'https://gitlab.example.com', token: 'GITLAB-TOKEN', webhookSecret: 'WEBHOOK-SECRET' },
  },
  helpers: keptHelper(NAME),
  files: (values, release) => {
    const { fullname, namespace, labels } = release
    const given = values.serviceAccount
    const account = accountName(given, release)
    const { deployment, disruptionBudget, autoscaler } = dispatcher(values, release, account)
    const metadata = { name: fullname, namespace, labels }
    const [service, metrics] = services(values, release)
    return {
      'serviceaccount.yaml': when(given.create, [
        serviceAccount({ ...metadata, name: account, annotations: given.annotations }),
      ]),
      'rbac.yaml': access(values, release, account),
      'resourcequota.yaml': quota(release, values.jobs.maximum),
      'networkpolicies.yaml': when(values.networkPolicies.enabled, networkPolicies(values, release)),
      'configmap.yaml': settings(values, release),
      'secret.yaml': when(ownSecret(values), [secrets(values, release)]),
      'externalsecret.yaml': when(values.externalSecret.enabled, [
        externalSecret(metadata, secretName(values, release), values.externalSecret),
      ]),
      'redis.yaml': queue(values, release),
      'otel-collector.yaml': telemetry(otlpEndpoint(values), values.telemetry, release),
      'service.yaml': [
        service,
        metrics,
        ...when(values.metrics.serviceMonitor.enabled, [
          serviceMonitor(metadata, { ...release.selectorLabels, 'app.kubernetes.io/component': 'metrics' }),
        ]),
      ],
      'deployment.yaml': deployment,
      'hpa.yaml': autoscaler,
      'disruptionbudget.yaml': disruptionBudget,
      'ingress.yaml': when(values.ingress.enabled, [
        ingress(metadata, values.ingress, { service: fullname, port: 'http' }),
      ]),
    }
  },
  notes,
})
