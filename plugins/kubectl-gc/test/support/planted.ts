import { join } from 'node:path'
import { HealthyClient } from './healthy-client.ts'
import { MemorySessions } from './memory-sessions.ts'

/** One for each place, so that a leak tells where it comes from. */
export const planted = {
  secretData: 'plant-secret-data-7d1f',
  secretKey: 'plant-secret-pem-line-QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo',
  podVariable: 'plant-pod-variable-91c2',
  podArgument: 'plant-pod-argument-5b3e',
  podAnnotation: 'plant-pod-annotation-aa01',
  event: 'plant-event-message-77e0',
  logAssignment: 'plant-log-assignment-3c3c',
  sessionMeta: 'plant-session-meta-1d2d',
  kubeToken: 'plant-kube-token-e0e1',
  kubeKey: 'plant-kube-key-0f0f',
  kubePassword: 'plant-kube-password-1212',
  kubeExecArgument: 'plant-kube-exec-arg-3434',
  kubeExecVariable: 'plant-kube-exec-env-5656',
  kubeServer: 'plant-server-userinfo-7878',
  environment: 'plant-environment-9a9a',
  proxy: 'plant-proxy-password-bcbc',
  credentials: 'plant-claude-credentials-dede',
  settings: 'plant-claude-settings-0a0b',
  apiError: 'plant-api-error-f1f2',
}

const kubeconfig = JSON.stringify({
  'current-context': 'c',
  contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
  clusters: [
    {
      name: 'k',
      cluster: {
        server: `https://me:${planted.kubeServer}@cluster.example`,
        'certificate-authority-data': Buffer.from(`-----BEGIN CERTIFICATE-----\n${'Q'.repeat(64)}\n`).toString(
          'base64',
        ),
      },
    },
  ],
  users: [
    {
      name: 'u',
      user: {
        token: planted.kubeToken,
        'client-key-data': Buffer.from(planted.kubeKey).toString('base64'),
        password: planted.kubePassword,
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'login',
          args: ['--client-secret', planted.kubeExecArgument],
          env: [{ name: 'LOGIN_PASSWORD', value: planted.kubeExecVariable }],
        },
      },
    },
  ],
})

/** A cluster in which each of them is somewhere, in one form or another. */
export function infected() {
  const client = new HealthyClient()
  const pod = {
    metadata: { name: 'mayor', annotations: { 'meta.kubectl-gc.dev/TOKEN': planted.podAnnotation } },
    spec: {
      containers: [
        {
          name: 'agent',
          args: ['sh', `agent --api-key ${planted.podArgument}`],
          env: [
            { name: 'MODEL_API_KEY', value: planted.podVariable },
            { name: 'PLAIN', value: 'plainly-shown' },
          ],
        },
      ],
    },
    status: { containerStatuses: [{ name: 'agent', state: { running: {} } }] },
  }
  client.objects.set('pods/mayor', pod)
  client.objects.set('events/e', {
    message: `cannot log in: password=${planted.event}`,
    lastTimestamp: '2026-01-01T00:00:00Z',
  })
  const pem = `-----BEGIN PRIVATE KEY-----\n${planted.secretKey}\n-----END PRIVATE KEY-----\n`
  const data = { a: Buffer.from(planted.secretData).toString('base64'), b: Buffer.from(pem).toString('base64') }
  client.objects.set('secrets/own', { metadata: { name: 'own', creationTimestamp: '2026-01-01T00:00:00Z' }, data })
  // A log has what is secret elsewhere too, and in other forms.
  const everything = Object.entries(planted).filter(([name]) => name !== 'logAssignment')
  const log = [
    `\x1b[32mtoken\x1b[0m: ${planted.logAssignment}`,
    ...everything
      .filter(([name]) => !['podArgument', 'event', 'apiError', 'kubeServer', 'proxy'].includes(name))
      .flatMap(([, value]) => [
        `plain ${value} text`,
        `in base64 ${Buffer.from(`user:${value}`).toString('base64')}`,
        JSON.stringify({ value: `x${value}y` }),
      ]),
    planted.secretKey,
    'harmless line',
  ].join('\r\n')
  const logs = async function* () {
    yield Buffer.from(log)
  }
  const sessions = new MemorySessions()
  sessions.add('mayor', { meta: { SECRET: planted.sessionMeta } })
  return { client: Object.assign(client, { logs }), sessions }
}

/** Variables that hold some of them. */
export const environment = (home: string) => ({
  HOME: home,
  KUBECONFIG: join(home, 'kubeconfig'),
  XDG_RUNTIME_DIR: home,
  GC_AGENT_TOKEN: planted.environment,
  HTTPS_PROXY: `http://me:${planted.proxy}@proxy.example`,
  GC_K8S_IMAGE: 'image-is-shown',
})

/** Files of a home that hold the others. */
export const files = {
  kubeconfig,
  '.claude/settings.json': JSON.stringify({ theme: 'harmless line', env: { ANTHROPIC_API_KEY: planted.settings } }),
  '.claude/.credentials.json': JSON.stringify({ claudeAiOauth: { accessToken: planted.credentials } }),
}

/** The names of those that a text has, as they are or in base64. */
export function leaks(all: string): string[] {
  return Object.entries(planted).flatMap(([name, value]) => {
    const forms = [
      value,
      ...[0, 1, 2].map((offset) =>
        Buffer.from('x'.repeat(offset) + value)
          .toString('base64')
          .slice(4, -4),
      ),
    ]
    return forms.some((form) => all.includes(form)) ? [name] : []
  })
}
