import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { sessions, sessionsFiles, toYaml, ValuesError } from '../../../src/index.ts'
import type { Role, StatefulSet } from '../../../src/kubernetes.ts'

const find = <T>(kind: string, name: string, objects = sessions()): T =>
  objects.find((object) => object.kind === kind && object.metadata?.name === name) as T

test('files hold every object once, in the order of application', () => {
  expect(Object.keys(sessionsFiles())).toEqual([
    'namespace.yaml',
    'dolt-statefulset.yaml',
    'dolt-service.yaml',
    'rbac.yaml',
  ])
  expect(Object.values(sessionsFiles()).flat()).toEqual(sessions())
})

test('YAML reads back as the objects', () => {
  expect(parseAllDocuments(toYaml(sessions())).map((document) => document.toJS())).toEqual(sessions())
})

test('every object is in the namespace', () => {
  for (const { kind, metadata } of sessions({ namespace: 'town' })) {
    expect(kind === 'Namespace' ? metadata?.name : metadata?.namespace).toBe('town')
  }
})

test('Dolt takes its values', () => {
  const dolt = { image: 'dolt:x', storage: '1Gi', storageClassName: 'fast', requests: { cpu: '10m', memory: '32Mi' } }
  const { spec } = find<StatefulSet>('StatefulSet', 'dolt', sessions({ dolt }))
  const pod = spec?.template.spec
  for (const container of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
    expect(container.image).toBe('dolt:x')
    expect(container.resources).toEqual({ requests: dolt.requests, limits: { cpu: '2', memory: '4Gi' } })
  }
  expect(spec?.volumeClaimTemplates?.[0]?.spec).toMatchObject({
    storageClassName: 'fast',
    resources: { requests: { storage: '1Gi' } },
  })
})

test('only the namespace reaches Dolt when asked', () => {
  const policy = (clients: 'namespace' | 'cluster') => find('NetworkPolicy', 'dolt', sessions({ dolt: { clients } }))
  expect(policy('cluster')).toBeUndefined()
  expect(policy('namespace')).toBeDefined()
})

test('the controller may exec over a websocket, which is a get', () => {
  const exec = find<Role>('Role', 'gc-controller').rules?.find(({ resources }) => resources?.includes('pods/exec'))
  expect(exec?.verbs).toEqual(['get', 'create'])
})

test.for([{ namespace: 'No' }, { dolt: { storage: '10 GB' } }, { dolt: { request: { cpu: '1', memory: '1Gi' } } }])(
  'refuses %o',
  (values) => {
    expect(() => sessions(values as object)).toThrow(ValuesError)
  },
)
