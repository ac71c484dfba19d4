import type { Container, EnvVar, Probe, Service } from '../../kubernetes.ts'
import { type StatelessObjects, stateless } from '../../profiles/stateless.ts'
import type { Release } from '../../release.ts'
import { all, checksum, equals, not, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { dispatcherSelector } from './selectors.ts'
import { otlpEndpoint, ownRedis, ownSecret, secretName, startUpSecrets, startUpSettings } from './settings.ts'
import type { DispatcherValues } from './values.ts'

type Values = Template<DispatcherValues>

const COMPONENT = { 'app.kubernetes.io/component': 'dispatcher' }

/** The dispatchers: events in, Jobs out. Each can take any event; what they know is in the queue. */
export function dispatcher(values: Values, release: Release, account: string): StatelessObjects {
  return stateless({
    name: release.fullname,
    namespace: release.namespace,
    selector: dispatcherSelector(release),
    labels: { ...release.labels, ...COMPONENT },
    podAnnotations: {
      'checksum/config': checksum(...startUpSettings(values)),
      ...when(ownSecret(values), { 'checksum/secret': checksum(...startUpSecrets(values)) }),
    },
    replicas: values.replicaCount,
    autoscaling: values.autoscaling,
    serviceAccountName: account,
    containers: [container(values, release)],
    pod: {
      volumes: [{ name: 'tmp', emptyDir: {} }],
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: dispatcherSelector(release) },
        },
      ],
    },
  })
}

function container(values: Values, release: Release): Container {
  const { image, port, metrics, resources } = values
  const health = (path: string, times: Probe): Probe => ({
    httpGet: { path, port: 'http' },
    ...times,
    timeoutSeconds: 3,
  })
  return {
    name: 'dispatcher',
    image: `${image.repository}:${image.tag}`,
    imagePullPolicy: image.pullPolicy,
    ports: [
      { name: 'http', containerPort: port, protocol: 'TCP' },
      { name: 'metrics', containerPort: metrics.port, protocol: 'TCP' },
    ],
    envFrom: [{ configMapRef: { name: release.fullname } }, { secretRef: { name: secretName(values, release) } }],
    env: environment(values, release),
    startupProbe: health('/health', { periodSeconds: 2, failureThreshold: 30 }),
    readinessProbe: health('/health/ready', { periodSeconds: 10 }),
    livenessProbe: health('/health', { periodSeconds: 30 }),
    resources: { limits: resources.limits, requests: resources.requests },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  }
}

/** Variables that are made of others. */
function environment(values: Values, release: Release): EnvVar[] {
  const { stateBackend, redis } = values
  const field = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } })
  const secretKeyRef = { name: secretName(values, release), key: 'REDIS_PASSWORD', optional: true }
  const password: EnvVar = { name: 'REDIS_PASSWORD', valueFrom: { secretKeyRef } }
  const own = `redis://:$(REDIS_PASSWORD)@${release.fullname}-redis:${redis.port}`
  return [
    field('POD_NAME', 'metadata.name'),
    field('NODE_NAME', 'spec.nodeName'),
    ...when(ownRedis(values), [password, { name: 'REDIS_URL', value: own }]),
    ...when(all(equals(stateBackend, 'redis'), not(redis.enabled), redis.url), [
      password,
      { name: 'REDIS_URL', value: redis.url },
    ]),
    ...when(otlpEndpoint(values), [
      { name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'k8s.pod.name=$(POD_NAME),k8s.node.name=$(NODE_NAME)' },
    ]),
  ]
}

export function services({ service, port, metrics }: Values, release: Release): [Service, Service] {
  const { fullname, namespace } = release
  const selector = dispatcherSelector(release)
  const metadata = (name: string, component: string) => ({
    name,
    namespace,
    labels: { ...release.labels, 'app.kubernetes.io/component': component },
  })
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(fullname, 'dispatcher'),
      spec: { type: service.type, selector, ports: [{ name: 'http', port, targetPort: 'http', protocol: 'TCP' }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(`${fullname}-metrics`, 'metrics'),
      spec: {
        type: 'ClusterIP',
        selector,
        ports: [{ name: 'metrics', port: metrics.port, targetPort: 'metrics', protocol: 'TCP' }],
      },
    },
  ]
}
