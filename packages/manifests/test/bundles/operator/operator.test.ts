import { expect, test } from 'vitest'
import { operatorBundle as bundle } from '../../../src/bundles/operator/index.ts'
import { notesOf, objectsOf } from '../../../src/index.ts'
import type { Deployment, RoleBinding } from '../../../src/kubernetes.ts'

const all = <T>(kind: string, values?: object) =>
  objectsOf(bundle, values, { namespace: 'town' }).filter((object) => object.kind === kind) as T[]
const pods = (values?: object) => all<Deployment>('Deployment', values)[0]?.spec?.template
const args = (values?: object) => pods(values)?.spec?.containers[0]?.args

test('a folder of the node is the one thing for which the operator leaves the restricted standard', () => {
  const open = pods({ volumes: { enabled: true } })
  expect(open?.metadata?.annotations).toHaveProperty(['kubectl-gc.dev/unrestricted-because'])
  expect(open?.spec?.securityContext).toEqual(pods()?.spec?.securityContext)
  expect(notesOf(bundle, { volumes: { enabled: true } })).toContain('pod-security.kubernetes.io/enforce=privileged')
})

test('flags follow the values', () => {
  expect(args()).toEqual(['--metrics-bind-address=:8443', '--health-probe-bind-address=:8081', '--leader-elect'])
  const values = { metrics: { enabled: false }, leaderElection: { enabled: false }, probes: { healthPort: 9000 } }
  expect(args(values)).toEqual(['--metrics-bind-address=0', '--health-probe-bind-address=:9000'])
  expect(all('Service', values)).toEqual([])
})

test('pods may be run in the namespaces that are named, by the account of this one', () => {
  const values = { executionMode: 'kubernetes', polecatNamespaces: { a: true, b: true, c: false } }
  const bindings = all<RoleBinding>('RoleBinding', values).filter(({ metadata }) =>
    metadata?.name?.endsWith('polecats'),
  )
  expect(bindings.map(({ metadata }) => metadata?.namespace)).toEqual(['town', 'a', 'b'])
  for (const { subjects } of bindings) {
    expect(subjects).toEqual([{ kind: 'ServiceAccount', name: 'operator', namespace: 'town' }])
  }
})

test('objects outside namespaces are named after the installation', () => {
  const named = objectsOf(bundle, {}, { name: 'other', namespace: 'town' }).filter(
    ({ metadata }) => !metadata?.namespace,
  )
  expect(named.map(({ metadata }) => metadata?.name)).toEqual(['town:other-operator', 'town:other-operator'])
})
