import { z } from 'zod'
import { jiraValues, jobRunnerValues, serviceAccountValues, setting, url } from '../../parts/dispatching.ts'
import { externalSecretValues } from '../../parts/external-secret.ts'
import { ingressValues } from '../../parts/ingress.ts'
import { keepValues } from '../../parts/kept.ts'
import { redisValues } from '../../parts/redis.ts'
import { serviceMonitorValues } from '../../parts/service-monitor.ts'
import { telemetryValues } from '../../parts/telemetry.ts'
import { imageValues, port, requirements, texts } from '../../parts/values.ts'
import { autoscalingValues } from '../../profiles/stateless.ts'
import { nameValues } from '../../release.ts'

/** What the `dispatcher` bundle can be told. */
export const dispatcherValues = z.strictObject({
  ...keepValues,
  ...nameValues,
  replicaCount: z.int().min(0).default(2).describe('Dispatchers, where the autoscaler is off.'),
  image: imageValues({ repository: 'gc-dispatcher', tag: '0.1.0' }).describe('The dispatcher.'),
  port: port(8080).describe('PORT of webhooks and of /health.'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('LOG_LEVEL.'),
  resources: requirements({
    limits: { cpu: '500m', memory: '512Mi' },
    requests: { cpu: '100m', memory: '256Mi' },
  }).describe('Of a dispatcher.'),
  autoscaling: autoscalingValues
    .unwrap()
    .extend({ enabled: z.boolean().default(true).describe('Lets the load decide on the number of replicas.') })
    .prefault({})
    .describe('Replicas by load.'),
  stateBackend: z
    .enum(['redis', 'kubernetes'])
    .default('redis')
    .describe('STATE_BACKEND: where the queue is. Both are shared by all replicas.'),
  redis: z
    .strictObject({
      ...redisValues,
      password: setting('REDIS_PASSWORD, kept in the Secret; required with a Redis of its own.'),
      url: setting('REDIS_URL of another Redis, when this one is not enabled; $(REDIS_PASSWORD) in it is replaced.'),
    })
    .prefault({})
    .describe('The queue, for stateBackend redis.'),
  jobRunner: jobRunnerValues,
  jobs: z
    .strictObject({
      maximum: z.int().min(1).default(100).describe('Jobs that the namespace takes at a time, finished ones included.'),
    })
    .prefault({})
    .describe('A quota, so that no flood of events becomes one of Jobs.'),
  gitlab: z
    .strictObject({
      url: url.default('').describe('GITLAB_URL. Without it nothing comes from GitLab.'),
      token: setting('GITLAB_TOKEN, kept in the Secret.'),
      webhookSecret: setting('GITLAB_WEBHOOK_SECRET, kept in the Secret.'),
    })
    .prefault({})
    .describe('GitLab.'),
  github: z
    .strictObject({ token: setting('GITHUB_TOKEN, kept in the Secret.') })
    .prefault({})
    .describe('GitHub.'),
  slack: z
    .strictObject({
      botToken: setting('SLACK_BOT_TOKEN, kept in the Secret.'),
      signingSecret: setting('SLACK_SIGNING_SECRET, kept in the Secret.'),
    })
    .prefault({})
    .describe('Slack.'),
  jira: jiraValues,
  existingSecret: setting('A Secret with the keys that are said above to be kept in it; made here when empty.'),
  externalSecret: externalSecretValues({
    apiVersion: 'external-secrets.io/v1',
    store: 'default',
    keys: {
      REDIS_PASSWORD: 'dispatcher/redis-password',
      GITLAB_TOKEN: 'dispatcher/gitlab-token',
      GITLAB_WEBHOOK_SECRET: 'dispatcher/gitlab-webhook-secret',
    },
  }).describe('The Secret from a store.'),
  serviceAccount: serviceAccountValues,
  service: z
    .strictObject({
      type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).default('ClusterIP').describe('Who can reach it.'),
    })
    .prefault({})
    .describe('Where webhooks arrive.'),
  ingress: ingressValues().describe('The way in from outside.'),
  networkPolicies: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Restricts what each pod reaches and who reaches it.'),
      metricsNamespaceLabels: texts
        .default({})
        .describe('Labels of the namespaces whose pods may ask for metrics; every namespace when empty.'),
      egressPorts: z
        .array(z.int().min(1).max(65_535))
        .default([22, 80, 443, 6443])
        .describe('TCP ports that dispatchers and Jobs may connect to anywhere: git, HTTP, and the API server.'),
      jobsExcept: z
        .array(z.string().regex(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, 'a network such as 10.0.0.0/8'))
        .default(['169.254.0.0/16'])
        .describe("Ranges of IPv4 addresses that Jobs may not connect to: clouds serve the nodes' credentials there."),
    })
    .prefault({})
    .describe('Who reaches what.'),
  metrics: z
    .strictObject({
      port: port(9090).describe('Port of /metrics.'),
      serviceMonitor: serviceMonitorValues,
    })
    .prefault({})
    .describe('Metrics.'),
  telemetry: telemetryValues,
})

export type DispatcherValues = z.output<typeof dispatcherValues>
