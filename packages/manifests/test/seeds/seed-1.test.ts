import { expect, test } from 'vitest'
import { operatorBundle } from '../../src/bundles/operator/index.ts'
import { objectsOf } from '../../src/index.ts'
import type { ClusterRole, Deployment, Role } from '../../src/kubernetes.ts'
import { parseValues } from '../../src/values/parse.ts'
import { missing } from './compare.ts'
import { seed, tableIn, yamlIn } from './document.ts'

const document = seed('1-gas-town-operator.md')
const [printed, ...others] = yamlIn(document)

const deployment = (values?: unknown) =>
  objectsOf(operatorBundle, values).find(({ kind }) => kind === 'Deployment') as Deployment

test('the document prints one piece of YAML, the values', () => {
  expect(Object.keys(printed as object)).toEqual(['gtConfig', 'volumes'])
  expect(others).toEqual([])
})

test('the printed values are the defaults, but for the volume: a node is mounted only where that is said', () => {
  expect(missing(printed, parseValues(operatorBundle, {}))).toEqual(['volumes.enabled: true, rendered: false'])
})

test('the printed values are taken, and mount the town where GT_TOWN_ROOT points', () => {
  const pod = deployment(printed).spec?.template.spec
  expect(pod?.volumes).toContainEqual({ name: 'town', hostPath: { path: '/home/user/workspaces', type: 'Directory' } })
  expect(pod?.containers[0]?.volumeMounts).toContainEqual({ name: 'town', mountPath: '/home/user/workspaces' })
})

test('each variable of the table is set', () => {
  const env = deployment(printed).spec?.template.spec?.containers[0]?.env
  const rows = tableIn(document, '### Operator Configuration')
  expect(rows.map(([name]) => name)).toEqual(['GT_TOWN_ROOT', 'GT_PATH'])
  expect(env).toEqual(
    expect.arrayContaining([
      { name: 'GT_TOWN_ROOT', value: '/home/user/workspaces' },
      { name: 'GT_PATH', value: '/usr/local/bin/gt' },
    ]),
  )
})

/** Every pair of group and resource that the operator may touch. */
function granted(values: object): string[] {
  const roles = objectsOf(operatorBundle, values).filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
  const rules = (roles as (Role | ClusterRole)[]).flatMap((role) => role.rules ?? [])
  return rules.flatMap(({ apiGroups = [], resources = [] }) =>
    apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)),
  )
}

test('the operator may touch what the document lists, and nothing of what it excludes', () => {
  const others = granted({}).filter((one) => !one.startsWith('gastown.gastown.io/'))
  expect(others).toEqual(['/events', 'events.k8s.io/events', 'coordination.k8s.io/leases'])
})

test('it may touch pods where it runs polecats as pods, and then only the Secrets that are named', () => {
  const values = { executionMode: 'kubernetes', gitSecrets: ['git-creds'] }
  expect(granted(values)).toEqual(expect.arrayContaining(['/pods', '/pods/log', '/secrets']))
  const secrets = (objectsOf(operatorBundle, values) as Role[])
    .flatMap(({ rules = [] }) => rules)
    .filter(({ resources }) => resources?.includes('secrets'))
  expect(secrets).toEqual([{ apiGroups: [''], resources: ['secrets'], resourceNames: ['git-creds'], verbs: ['get'] }])
})
