import { expect, test } from 'vitest'
import { dispatcherBundle as bundle } from '../../../src/bundles/dispatcher/index.ts'
import { type KubernetesObject, mergeValues, objectsOf } from '../../../src/index.ts'
import type { Deployment, NetworkPolicy, Secret, StatefulSet } from '../../../src/kubernetes.ts'

const render = (values: object = {}) => objectsOf(bundle, mergeValues(bundle.example, values))
const all = <T>(kind: string, values?: object) => render(values).filter((object) => object.kind === kind) as T[]
const names = (objects: KubernetesObject[]) => objects.map(({ metadata }) => metadata?.name)
const container = (values?: object) => all<Deployment>('Deployment', values)[0]?.spec?.template.spec?.containers[0]
const redisUrl = (values?: object) => container(values)?.env?.find(({ name }) => name === 'REDIS_URL')?.value

test('as it comes: an autoscaler, a disruption budget, a quota on Jobs, and a policy for each kind of pod', () => {
  expect(all('HorizontalPodAutoscaler')).toHaveLength(1)
  expect(all('PodDisruptionBudget')).toHaveLength(1)
  expect(all('ResourceQuota')).toMatchObject([{ spec: { hard: { 'count/jobs.batch': '100' } } }])
  expect(names(all<NetworkPolicy>('NetworkPolicy'))).toEqual([
    'dispatcher-dispatcher',
    'dispatcher-job',
    'dispatcher-redis',
  ])
})

test('the autoscaler decides on the replicas, unless it is off', () => {
  expect(all<Deployment>('Deployment')[0]?.spec?.replicas).toBeUndefined()
  expect(all<Deployment>('Deployment', { autoscaling: { enabled: false } })[0]?.spec?.replicas).toBe(2)
})

test('nothing connects to a Job', () => {
  const [job] = all<NetworkPolicy>('NetworkPolicy').filter(({ metadata }) => metadata?.name === 'dispatcher-job')
  expect(job?.spec?.policyTypes).toContain('Ingress')
  expect(job?.spec?.ingress).toBeUndefined()
})

test('a Job does not reach the metadata of its node', () => {
  const [job] = all<NetworkPolicy>('NetworkPolicy').filter(({ metadata }) => metadata?.name === 'dispatcher-job')
  const world = job?.spec?.egress?.flatMap(({ to = [] }) => to).filter(({ ipBlock }) => ipBlock?.cidr === '0.0.0.0/0')
  expect(world).toEqual([{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }])
})

test('Redis asks for the password that dispatchers have', () => {
  const ref = { name: 'dispatcher', key: 'REDIS_PASSWORD' }
  const [redis] = all<StatefulSet>('StatefulSet')
  const server = redis?.spec?.template.spec?.containers[0]
  expect(server?.args).toContain('--requirepass')
  expect(server?.env).toEqual([{ name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: ref } }])
  expect(redisUrl()).toBe('redis://:$(REDIS_PASSWORD)@dispatcher-redis:6379')
  expect(all<Secret>('Secret')[0]?.data?.REDIS_PASSWORD).toBe(Buffer.from('REDIS-PASSWORD').toString('base64'))
})

test('without a password there is no Redis of its own', () => {
  expect(() => objectsOf(bundle)).toThrow('redis.password is required')
})

test('another Redis, or none, leaves this one out', () => {
  const url = 'rediss://elsewhere:6380'
  expect(all('StatefulSet', { redis: { enabled: false, url } })).toEqual([])
  expect(redisUrl({ redis: { enabled: false, url } })).toBe(url)
  expect(redisUrl({ stateBackend: 'kubernetes' })).toBeUndefined()
  expect(names(all('Role', { stateBackend: 'kubernetes' }))).toContain('dispatcher-queue')
})

test.for([
  [{ existingSecret: 'mine' }, 'mine'],
  [{ externalSecret: { enabled: true } }, 'dispatcher'],
] as const)('with %j no Secret is made, and pods take %s', ([values, name]) => {
  expect(all('Secret', values)).toEqual([])
  expect(container(values)?.envFrom).toContainEqual({ secretRef: { name } })
})

test('the API version of the ExternalSecret is a value, and so are class and annotations of the Ingress', () => {
  const values = {
    externalSecret: { enabled: true, apiVersion: 'external-secrets.io/v1beta1' },
    ingress: { enabled: true, className: 'traefik', host: 'gc.example.com', annotations: { a: 'b' } },
  }
  expect(all('ExternalSecret', values)).toMatchObject([{ apiVersion: 'external-secrets.io/v1beta1' }])
  expect(all('ExternalSecret', { externalSecret: { enabled: true } })).toMatchObject([
    { apiVersion: 'external-secrets.io/v1' },
  ])
  expect(all('Ingress', values)).toMatchObject([
    {
      metadata: { annotations: { a: 'b' } },
      spec: { ingressClassName: 'traefik', rules: [{ host: 'gc.example.com' }] },
    },
  ])
})

test('the collector is there when telemetry has somewhere to go, and is restricted until it reads the node', () => {
  const otlpEndpoint = 'http://otel-collector:4317'
  expect(all('DaemonSet')).toEqual([])
  const [pods] = all<Deployment>('DaemonSet', { telemetry: { otlpEndpoint } }).map(({ spec }) => spec?.template)
  expect(pods?.spec?.securityContext).toMatchObject({ runAsNonRoot: true })
  expect(all('ClusterRole', { telemetry: { otlpEndpoint } })).toEqual([])
  const telemetry = { otlpEndpoint, collector: { hostLogs: true, nodeMetrics: true } }
  const [open] = all<Deployment>('DaemonSet', { telemetry }).map(({ spec }) => spec?.template)
  expect(open?.metadata?.annotations).toHaveProperty(['kubectl-gc.dev/unrestricted-because'])
  expect(all('ClusterRole', { telemetry })).toMatchObject([{ rules: [{ resources: ['nodes/stats'], verbs: ['get'] }] }])
})
