import { z } from 'zod'
import { jiraValues, jobRunnerValues, serviceAccountValues, setting, url } from '../../parts/dispatching.ts'
import { externalSecretValues } from '../../parts/external-secret.ts'
import { keepValues } from '../../parts/kept.ts'
import { redisValues } from '../../parts/redis.ts'
import { telemetryValues } from '../../parts/telemetry.ts'
import { imageValues, port, requirements } from '../../parts/values.ts'
import { autoscalingValues } from '../../profiles/stateless.ts'
import { nameValues } from '../../release.ts'

/** What the `gitlab-copilot-agent` bundle can be told. */
export const gitlabCopilotAgentValues = z.strictObject({
  ...keepValues,
  nameOverride: nameValues.nameOverride,
  fullnameOverride: z
    .string()
    .max(63)
    .default('gitlab-copilot-agent')
    .describe(
      "The stem of the names of all objects. When empty: the release's name and the chart's, which lets several releases share a namespace.",
    ),
  replicaCount: z.int().min(0).default(1).describe('Controllers, unless the autoscaler decides.'),
  image: imageValues({ repository: 'ghcr.io/peteroden/gitlab-copilot-agent', tag: 'latest' }).describe('The image.'),
  controller: z
    .strictObject({
      port: port(8000).describe('PORT of webhooks and of /health.'),
      logLevel: setting('LOG_LEVEL.', 'info'),
      taskExecutor: z.enum(['kubernetes', 'local']).default('kubernetes').describe('TASK_EXECUTOR: Jobs, or itself.'),
      stateBackend: z
        .enum(['redis', 'memory'])
        .default('redis')
        .describe('STATE_BACKEND. With memory only one replica knows what was done.'),
      copilotModel: setting('COPILOT_MODEL.', 'gpt-4'),
      copilotProviderType: z
        .enum(['', 'azure', 'openai'])
        .default('')
        .describe('COPILOT_PROVIDER_TYPE; Copilot when empty.'),
      copilotProviderBaseUrl: url.default('').describe('COPILOT_PROVIDER_BASE_URL.'),
      copilotProviderApiKey: setting('COPILOT_PROVIDER_API_KEY, kept in the Secret.'),
      resources: requirements({
        limits: { cpu: '500m', memory: '512Mi' },
        requests: { cpu: '100m', memory: '256Mi' },
      }).describe('Of a controller.'),
    })
    .prefault({})
    .describe('The main pod.'),
  redis: z
    .strictObject({
      ...redisValues,
      serviceName: z.string().min(1).default('redis-service').describe('The name by which its pods are reached.'),
      url: setting('REDIS_URL of another Redis, when this one is not enabled.'),
    })
    .prefault({})
    .describe('State that controllers and Jobs share.'),
  jobRunner: jobRunnerValues,
  gitlab: z
    .strictObject({
      url: url
        .default('')
        .describe('GITLAB_URL. An upgrade that leaves it out keeps it, as with all that is empty here.'),
      token: setting('GITLAB_TOKEN, kept in the Secret.'),
      webhookSecret: setting('GITLAB_WEBHOOK_SECRET, kept in the Secret.'),
    })
    .prefault({})
    .describe('GitLab.'),
  github: z
    .strictObject({ token: setting('GITHUB_TOKEN, kept in the Secret; not needed with a copilotProviderType.') })
    .prefault({})
    .describe('GitHub, which serves Copilot.'),
  externalSecret: externalSecretValues({
    apiVersion: 'external-secrets.io/v1beta1',
    store: 'aws-secrets-manager',
    keys: {
      GITLAB_TOKEN: 'gitlab-copilot-agent/gitlab-token',
      GITHUB_TOKEN: 'gitlab-copilot-agent/github-token',
      GITLAB_WEBHOOK_SECRET: 'gitlab-copilot-agent/gitlab-webhook-secret',
    },
  }).describe('Secrets from a store.'),
  serviceAccount: serviceAccountValues,
  service: z
    .strictObject({
      type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).default('ClusterIP').describe('Who can reach it.'),
    })
    .prefault({})
    .describe('Where GitLab sends webhooks.'),
  autoscaling: autoscalingValues.describe('Replicas by load.'),
  networkPolicies: z
    .strictObject({ enabled: z.boolean().default(true).describe('Lets only controllers and Jobs reach Redis.') })
    .prefault({})
    .describe('Who reaches what.'),
  telemetry: telemetryValues,
  jira: jiraValues,
})

export type GitlabCopilotAgentValues = z.output<typeof gitlabCopilotAgentValues>
