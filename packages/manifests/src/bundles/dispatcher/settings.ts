import type { ConfigMap, Secret } from '../../kubernetes.ts'
import { encoded, given } from '../../parts/given.ts'
import { kept, keptRequired } from '../../parts/kept.ts'
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
    JIRA_URL: fromConfig('JIRA_URL', jira.url),
    JIRA_PROJECT_MAP: fromConfig('JIRA_PROJECT_MAP', jira.projectMap),
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
      K8S_NAMESPACE: namespace,
      K8S_JOB_IMAGE: choose(jobRunner.image, jobRunner.image, `${image.repository}:${image.tag}`),
      K8S_JOB_CPU_LIMIT: jobRunner.cpuLimit,
      K8S_JOB_MEMORY_LIMIT: jobRunner.memoryLimit,
      K8S_JOB_TIMEOUT: text(jobRunner.timeout),
      K8S_JOB_INSTANCE_LABEL: name,
      K8S_SECRET_NAME: secretName(values, release),
      ...when(otlpEndpoint(values), {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://${name}-otel-collector:4317`,
        OTLP_ENDPOINT: otlpEndpoint(values),
      }),
      ...given(sources(values)),
      ...when(fromConfig('JIRA_URL', jira.url), {
        JIRA_TRIGGER_STATUS: jira.triggerStatus,
        JIRA_IN_PROGRESS_STATUS: jira.inProgressStatus,
        JIRA_IN_REVIEW_STATUS: jira.inReviewStatus,
        JIRA_POLL_INTERVAL: text(jira.pollInterval),
      }),
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
    JIRA_EMAIL: fromSecret('JIRA_EMAIL', jira.email),
    JIRA_API_TOKEN: fromSecret('JIRA_API_TOKEN', jira.apiToken),
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
  const { port, metrics, logLevel, stateBackend, jobRunner, image, jira, existingSecret } = values
  return [
    ...[otlpEndpoint(values), ...Object.values(sources(values))],
    ...[port, metrics.port, logLevel, stateBackend, existingSecret, image.repository, image.tag],
    ...[jobRunner.image, jobRunner.cpuLimit, jobRunner.memoryLimit, jobRunner.timeout],
    ...[jira.triggerStatus, jira.inProgressStatus, jira.inReviewStatus, jira.pollInterval],
  ]
}

/** The same of the Secret, where it is ours. */
export function startUpSecrets(values: Values): unknown[] {
  return [fromSecret('REDIS_PASSWORD', values.redis.password), ...Object.values(tokens(values))]
}
