import { defineBundle } from '../../bundle.ts'
import type { NetworkPolicy, PolicyRule } from '../../kubernetes.ts'
import type { KubernetesObject } from '../../objects.ts'
import { grantInNamespace, serviceAccount } from '../../parts/access.ts'
import { accountName } from '../../parts/dispatching-settings.ts'
import { externalSecret } from '../../parts/external-secret.ts'
import { keptHelper } from '../../parts/kept.ts'
import { redis } from '../../parts/redis.ts'
import { telemetry } from '../../parts/telemetry.ts'
import type { Release } from '../../release.ts'
import { equals, not, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { controller, controllerSelector, service } from './controller.ts'
import { notes } from './notes.ts'
import { otlpEndpoint, secrets, settings } from './settings.ts'
import { type GitlabCopilotAgentValues, gitlabCopilotAgentValues } from './values.ts'

type Values = Template<GitlabCopilotAgentValues>

const NAME = 'gitlab-copilot-agent'

const jobs: PolicyRule[] = [
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get', 'list', 'watch', 'delete'] },
  { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] },
]

function state(values: Values, release: Release): KubernetesObject[] {
  const { selectorLabels, fullname, namespace, labels } = release
  const component = { 'app.kubernetes.io/component': 'redis' }
  const selector = { ...selectorLabels, ...component }
  const metadata = { name: `${fullname}-redis`, namespace, labels: { ...labels, ...component } }
  const jobPods = { matchExpressions: [{ key: 'batch.kubernetes.io/job-name', operator: 'Exists' }] }
  const policy: NetworkPolicy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: controllerSelector(release) } }, { podSelector: jobPods }],
          ports: [{ port: 'redis', protocol: 'TCP' }],
        },
      ],
    },
  }
  const objects = redis({
    ...metadata,
    serviceName: values.redis.serviceName,
    selector,
    podLabels: { app: 'redis' },
    values: values.redis,
  })
  return when(values.redis.enabled, [...objects, ...when(values.networkPolicies.enabled, [policy])])
}

/** The webhook and Jira agent of seed 2. */
export const gitlabCopilotAgentBundle = defineBundle({
  name: NAME,
  description: 'Reviews merge requests and takes up Jira issues, by Jobs that run Copilot',
  version: '0.1.0',
  defaultNamespace: 'default',
  values: gitlabCopilotAgentValues,
  example: {
    gitlab: { url: 'https://gitlab.example.com', token: 'glpat-xxxxx', webhookSecret: 'my-secret' },
    github: { token: 'ghp_xxxxx' },
  },
  helpers: keptHelper(NAME),
  files: (values, release) => {
    const { fullname, namespace, labels } = release
    const given = values.serviceAccount
    const account = accountName(given, release)
    const { deployment, disruptionBudget, autoscaler } = controller(values, release, account)
    return {
      'serviceaccount.yaml': when(given.create, [
        serviceAccount({ name: account, namespace, labels, annotations: given.annotations }),
      ]),
      'rbac.yaml': when(equals(values.controller.taskExecutor, 'kubernetes'), [
        ...grantInNamespace({
          metadata: { name: fullname, namespace, labels },
          rules: jobs,
          to: { name: account, namespace },
        }),
      ]),
      'configmap.yaml': settings(values, release),
      'secret.yaml': when(not(values.externalSecret.enabled), [secrets(values, release)]),
      'externalsecret.yaml': when(values.externalSecret.enabled, [
        externalSecret({ name: `${fullname}-secrets`, namespace, labels }, `${fullname}-secret`, values.externalSecret),
      ]),
      'redis.yaml': state(values, release),
      'otel-collector.yaml': telemetry(otlpEndpoint(values), values.telemetry, release),
      'service.yaml': service(values, release),
      'deployment.yaml': deployment,
      'hpa.yaml': autoscaler,
      'disruptionbudget.yaml': disruptionBudget,
    }
  },
  overlays: {
    local: {
      description: 'A k3d cluster on one machine: images that were imported into it, small, and a load balancer.',
      values: {
        image: { pullPolicy: 'Never' },
        service: { type: 'LoadBalancer' },
        controller: { resources: { limits: { cpu: '250m', memory: '256Mi' } } },
        redis: { storage: '256Mi' },
        jobRunner: { cpuLimit: '500m', memoryLimit: '512Mi' },
      },
    },
  },
  notes,
})
