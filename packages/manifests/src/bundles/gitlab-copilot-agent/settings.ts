import type { ConfigMap, Secret } from '../../kubernetes.ts'
import { jiraSettings, jiraSources, jiraTokens, jobSettings, startUpValues } from '../../parts/dispatching-settings.ts'
import { encoded, given } from '../../parts/given.ts'
import { kept, keptRequired } from '../../parts/kept.ts'
import { telemetrySettings } from '../../parts/telemetry.ts'
import type { Release } from '../../release.ts'
import { all, any, base64, not, text, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import type { GitlabCopilotAgentValues } from './values.ts'

type Values = Template<GitlabCopilotAgentValues>

const CHART = 'gitlab-copilot-agent'
const configMap = { chart: CHART, kind: 'ConfigMap', suffix: '' } as const
const secret = { chart: CHART, kind: 'Secret', suffix: '-secret' } as const

const fromConfig = (key: string, value: string) => kept(configMap, key, value)
const fromSecret = (key: string, value: string) => kept(secret, key, value)

/** Settings that are there when they are given, by their variables. */
function optionalSettings({ controller, telemetry, jira }: Values): Record<string, string> {
  return {
    COPILOT_PROVIDER_TYPE: fromConfig('COPILOT_PROVIDER_TYPE', controller.copilotProviderType),
    COPILOT_PROVIDER_BASE_URL: fromConfig('COPILOT_PROVIDER_BASE_URL', controller.copilotProviderBaseUrl),
    DEPLOYMENT_ENV: fromConfig('DEPLOYMENT_ENV', telemetry.environment),
    ...jiraSources(jira, fromConfig),
  }
}

/** Whether something is there for controllers to ask: Copilot by a token of GitHub's, or another provider. */
export const hasModel = ({ github, controller, externalSecret }: Values) =>
  any(
    fromSecret('GITHUB_TOKEN', github.token),
    fromConfig('COPILOT_PROVIDER_TYPE', controller.copilotProviderType),
    externalSecret.enabled,
  )

/** Where the collector sends to; nothing when there is none. */
export const otlpEndpoint = ({ telemetry }: Values) => fromConfig('OTLP_ENDPOINT', telemetry.otlpEndpoint)

const gitlabUrl = ({ gitlab }: Values) =>
  keptRequired(configMap, 'GITLAB_URL', gitlab.url, 'gitlab.url is required, such as https://gitlab.example.com')

/** The settings that are no secrets, as the environment of controllers. */
export function settings(values: Values, release: Release): ConfigMap {
  const { controller, redis, jobRunner, image, jira } = values
  const { fullname: name, namespace, labels } = release
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels },
    data: {
      GITLAB_URL: gitlabUrl(values),
      HOST: '0.0.0.0',
      PORT: text(controller.port),
      LOG_LEVEL: controller.logLevel,
      TASK_EXECUTOR: controller.taskExecutor,
      STATE_BACKEND: controller.stateBackend,
      ...when(redis.enabled, { REDIS_URL: `redis://${redis.serviceName}:${redis.port}` }),
      ...when(all(not(redis.enabled), redis.url), { REDIS_URL: redis.url }),
      COPILOT_MODEL: controller.copilotModel,
      ...jobSettings(jobRunner, image, release),
      K8S_SECRET_NAME: `${name}-secret`,
      ...telemetrySettings(otlpEndpoint(values), release),
      ...given(optionalSettings(values)),
      ...jiraSettings(jira, fromConfig),
    },
  }
}

function tokens({ gitlab }: Values): Record<string, string> {
  const missing = (name: string) => `gitlab.${name} is required, unless externalSecret.enabled`
  return {
    GITLAB_TOKEN: keptRequired(secret, 'GITLAB_TOKEN', gitlab.token, missing('token')),
    GITLAB_WEBHOOK_SECRET: keptRequired(
      secret,
      'GITLAB_WEBHOOK_SECRET',
      gitlab.webhookSecret,
      missing('webhookSecret'),
    ),
  }
}

function optionalTokens({ controller, github, jira }: Values): Record<string, string> {
  return {
    GITHUB_TOKEN: fromSecret('GITHUB_TOKEN', github.token),
    COPILOT_PROVIDER_API_KEY: fromSecret('COPILOT_PROVIDER_API_KEY', controller.copilotProviderApiKey),
    ...jiraTokens(jira, fromSecret),
  }
}

/** The secrets among the values. */
export function secrets(values: Values, { fullname, namespace, labels }: Release): Secret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${fullname}-secret`, namespace, labels },
    type: 'Opaque',
    data: { ...encoded(tokens(values)), ...given(optionalTokens(values), base64) },
  }
}

/** All that controllers read when they start, whatever an upgrade left out: when it changes, they are replaced. */
export function startUpSettings(values: Values): unknown[] {
  const { controller, redis, image } = values
  const startUp = startUpValues(values.jobRunner, values.jira)
  return [
    ...[gitlabUrl(values), otlpEndpoint(values), ...Object.values(optionalSettings(values))],
    ...[
      controller.port,
      controller.logLevel,
      controller.taskExecutor,
      controller.stateBackend,
      controller.copilotModel,
    ],
    ...[redis.enabled, redis.serviceName, redis.port, redis.url],
    ...[...startUp.jobs, image.repository, image.tag],
    ...startUp.jira,
  ]
}

/** The same of the Secret, where it is ours. */
export function startUpSecrets(values: Values): unknown[] {
  return [...Object.values(tokens(values)), ...Object.values(optionalTokens(values))]
}
