import { expect, test } from 'vitest'
import { agentsmithBundle as bundle } from '../../../src/bundles/agentsmith/index.ts'
import { objectsOf } from '../../../src/index.ts'
import type { Deployment, Ingress, Role, Service } from '../../../src/kubernetes.ts'

const overlay = (name: 'dev' | 'prod') => objectsOf(bundle, bundle.overlays?.[name]?.values)
const find = <T>(objects: object[], kind: string, name = 'agentsmith-dispatcher'): T =>
  (objects as { kind?: string; metadata?: { name?: string } }[]).find(
    (object) => object.kind === kind && object.metadata?.name === name,
  ) as T
const container = (objects: object[]) => find<Deployment>(objects, 'Deployment').spec?.template.spec?.containers[0]
const variable = (objects: object[], name: string) => container(objects)?.env?.find((one) => one.name === name)?.value

const BASE = ['Namespace', 'ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap', 'Service', 'Service', 'Deployment']

test('nine objects, and ten with the Ingress of prod', () => {
  expect(overlay('dev').map(({ kind }) => kind)).toEqual([...BASE, 'Deployment'])
  expect(overlay('prod').map(({ kind }) => kind)).toEqual([...BASE, 'Deployment', 'Ingress'])
})

test('dev: one replica of an image that was loaded, on a port of the node', () => {
  const dev = overlay('dev')
  expect(find<Deployment>(dev, 'Deployment').spec?.replicas).toBe(1)
  expect(container(dev)?.imagePullPolicy).toBe('Never')
  expect(variable(dev, 'IMAGE_PULL_POLICY')).toBe('Never')
  expect(variable(dev, 'ASPNETCORE_ENVIRONMENT')).toBe('Development')
  expect(find<Service>(dev, 'Service').spec).toMatchObject({
    type: 'NodePort',
    ports: [{ port: 80, targetPort: 8080, nodePort: 30_080 }],
  })
})

test('prod: two larger replicas behind an Ingress that allows slow answers', () => {
  const prod = overlay('prod')
  expect(find<Deployment>(prod, 'Deployment').spec?.replicas).toBe(2)
  expect(container(prod)).toMatchObject({
    imagePullPolicy: 'Always',
    resources: { requests: { cpu: '200m', memory: '384Mi' }, limits: { cpu: '1000m', memory: '768Mi' } },
  })
  const { metadata, spec } = find<Ingress>(prod, 'Ingress')
  expect(metadata?.annotations).toEqual({
    'cert-manager.io/cluster-issuer': 'letsencrypt-prod',
    'nginx.ingress.kubernetes.io/proxy-read-timeout': '300',
    'nginx.ingress.kubernetes.io/proxy-send-timeout': '300',
  })
  expect(spec).toMatchObject({ ingressClassName: 'nginx', rules: [{ host: 'agentsmith.yourdomain.com' }] })
})

test('its account may run Jobs and read their pods, and nothing else', () => {
  expect(find<Role>(objectsOf(bundle), 'Role', 'agentsmith-job-manager').rules).toEqual([
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'delete', 'get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  ])
})

test('a changed configuration replaces the pods', () => {
  const annotations = (config: string) =>
    find<Deployment>(objectsOf(bundle, { config }), 'Deployment').spec?.template.metadata?.annotations
  expect(annotations('projects: {}')).not.toEqual(annotations('projects: { a: {} }'))
})
