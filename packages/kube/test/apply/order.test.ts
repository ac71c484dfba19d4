import fc from 'fast-check'
import { expect, test } from 'vitest'
import { displayName, groupKindOf, keyOf } from '../../src/apply/name.ts'
import { inOrder } from '../../src/apply/order.ts'

const kinds = {
  Namespace: 'v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  Deployment: 'apps/v1',
  Rig: 'gc.example/v1',
}
const arbitrary = fc.record({
  kind: fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
  name: fc.integer().map(String),
})

test('namespaces come first, then definitions, then the rest as it was given', () => {
  fc.assert(
    fc.property(fc.array(arbitrary), (given) => {
      const objects = given.map(({ kind, name }) => ({ apiVersion: kinds[kind], kind, metadata: { name } }))
      const of = (...wanted: string[]) => objects.filter(({ kind }) => wanted.includes(kind))
      const sorted = [...of('Namespace'), ...of('CustomResourceDefinition'), ...of('Deployment', 'Rig')]
      expect(inOrder(objects)).toEqual(sorted)
    }),
  )
})

test.for([
  [{ apiVersion: 'v1', kind: 'Service' }, 'service/x', 'Service'],
  [{ apiVersion: 'apps/v1', kind: 'StatefulSet' }, 'statefulset.apps/x', 'StatefulSet.apps'],
  [
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
    'role.rbac.authorization.k8s.io/x',
    'Role.rbac.authorization.k8s.io',
  ],
] as const)('%j is %s', ([type, name, groupKind]) => {
  const object = { ...type, metadata: { name: 'x' } }
  expect([displayName(object), groupKindOf(object)]).toEqual([name, groupKind])
})

test('two versions of a kind are one object, two namespaces are two', () => {
  const object = (version: string, namespace: string) => ({
    ...{ apiVersion: `autoscaling/${version}`, kind: 'HorizontalPodAutoscaler' },
    metadata: { name: 'a', namespace },
  })
  expect(keyOf(object('v1', 'n'))).toBe(keyOf(object('v2', 'n')))
  expect(keyOf(object('v2', 'n'))).not.toBe(keyOf(object('v2', 'm')))
})
