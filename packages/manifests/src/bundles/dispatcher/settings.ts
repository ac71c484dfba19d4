import type { ConfigMap, Secret } from '../../kubernetes.ts'
import { jiraSettings, jiraSources, jiraTokens, jobSettings, startUpValues } from '../../parts/dispatching-settings.ts'
import { encoded, given } from '../../parts/given.ts'
import { kept, keptRequired } from '../../parts/kept.ts'
import { telemetrySettings } from '../../parts/telemetry.ts'
import type { Release } from '../../release.ts'
import { all, base64, choose, equals, not, text, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import type { DispatcherValues } from './values.ts'

type Values = Template<DispatcherValues>

const CHART = 'dispatcher'
const configMap = { chart: CHART, kind: 'ConfigMap', suffix: '' } as const
const secret = { chart: CHART, kind: 'Secret', suffix: '' } as const

const fromConfig = (key: string, value: string) => kept(configMap, key, value)
const fromSecret = (key: string, value: string) => kept(secret, key, value)

/** Whether the Secret is made of the values. */
export const ownSecret = ({ existingSecret, externalSecret }: Values) =>
  all(not(existingSecret), not(externalSecret.enabled))

/** Whether a Redis is run. */
export const ownRedis = ({ stateBackend, redis }: Values) => all(equals(stateBackend, 'redis'), redis.enabled)

export const secretName = ({ existingSecret }: Values, { fullname }: Release) =>
  choose(existingSecret, existingSecret, fullname)

/** Where the collector sends to; nothing when there is none. */
export const otlpEndpoint = ({ telemetry }: Values) => fromConfig('OTLP_ENDPOINT', telemetry.otlpEndpoint)

function sources({ gitlab, telemetry, jira }: Values): Record<string, string> {
  return {
    GITLAB_URL: fromConfig('GITLAB_URL', gitlab.url),
    DEPLOYMENT_ENV: fromConfig('DEPLOYMENT_ENV', telemetry.environment),
    ...jiraSources(jira, fromConfig),
  }
}

/** The settings that are no secrets, as the environment of dispatchers. */
export function settings(values: Values, release: Release): ConfigMap {
  const { port, metrics, logLevel, stateBackend, jobRunner, image, jira } = values
  const { fullname: name, namespace, labels } = release
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels },
    data: {
      HOST: '0.0.0.0',
      PORT: text(port),
      METRICS_PORT: text(metrics.port),
      LOG_LEVEL: logLevel,
      STATE_BACKEND: stateBackend,
      ...jobSettings(jobRunner, image, release),
      K8S_SECRET_NAME: secretName(values, release),
      ...telemetrySettings(otlpEndpoint(values), release),
      ...given(sources(values)),
      ...jiraSettings(jira, fromConfig),
    },
  }
}

function tokens({ gitlab, github, jira, slack }: Values): Record<string, string> {
  return {
    GITLAB_TOKEN: fromSecret('GITLAB_TOKEN', gitlab.token),
    GITLAB_WEBHOOK_SECRET: fromSecret('GITLAB_WEBHOOK_SECRET', gitlab.webhookSecret),
    GITHUB_TOKEN: fromSecret('GITHUB_TOKEN', github.token),
    SLACK_BOT_TOKEN: fromSecret('SLACK_BOT_TOKEN', slack.botToken),
    SLACK_SIGNING_SECRET: fromSecret('SLACK_SIGNING_SECRET', slack.signingSecret),
    ...jiraTokens(jira, fromSecret),
  }
}

/** The secrets among the values. A Redis of its own has a password, which is never made up: renderings would differ. */
export function secrets(values: Values, { fullname, namespace, labels }: Release): Secret {
  const { password } = values.redis
  const message = 'redis.password is required, such as what "openssl rand -hex 16" prints'
  const own = { REDIS_PASSWORD: keptRequired(secret, 'REDIS_PASSWORD', password, message) }
  const other = { REDIS_PASSWORD: fromSecret('REDIS_PASSWORD', password) }
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: fullname, namespace, labels },
    type: 'Opaque',
    data: {
      ...when(ownRedis(values), encoded(own)),
      ...when(not(ownRedis(values)), given(other, base64)),
      ...given(tokens(values), base64),
    },
  }
}

/** All that dispatchers read when they start, whatever an upgrade left out: when it changes, they are replaced. */
export function startUpSettings(values: Values): unknown[] {
  const startUp = startUpValues(values.jobRunner, values.jira)
  const { port, metrics, logLevel, stateBackend, image, existingSecret } = values
  return [
    ...[otlpEndpoint(values), ...Object.values(sources(values))],
    ...[port, metrics.port, logLevel, stateBackend, existingSecret, image.repository, image.tag],
    ...startUp.jobs,
    ...startUp.jira,
  ]
}

/** The same of the Secret, where it is ours. */
export function startUpSecrets(values: Values): unknown[] {
  return [fromSecret('REDIS_PASSWORD', values.redis.password), ...Object.values(tokens(values))]
}
