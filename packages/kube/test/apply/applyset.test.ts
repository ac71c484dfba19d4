import { expect, test } from 'vitest'
import { additionalNamespaces, applySetId, asMember, groupKinds, PART_OF } from '../../src/apply/applyset.ts'

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'n', labels: { app: 'a' } } }
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } }
const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' } }

test('the id is the one that kubectl apply --applyset gives the same Secret', () => {
  // As `kubectl apply --server-side --prune --applyset=myset --namespace h1-id` of 1.34 had it.
  const seen = 'applyset-2tffkJyrmtVG01KGJ1yS9L-eMVHCet1wv6dIChLMEEw-v1'
  expect(applySetId({ name: 'myset', namespace: 'h1-id' })).toBe(seen)
})

test('a member has the label besides its own, and is a copy', () => {
  expect(asMember(service, 'id').metadata.labels).toEqual({ app: 'a', [PART_OF]: 'id' })
  expect(service.metadata.labels).toEqual({ app: 'a' })
})

test('a namespace is no member', () => {
  expect(asMember(namespace, 'id')).toEqual(namespace)
  expect(groupKinds([namespace, service])).toEqual(['Service'])
})

test('the inventory is sorted, without repetition, and holds what was there before', () => {
  const kinds = groupKinds([service, role, service], ['Deployment.apps', 'Service'])
  expect(kinds).toEqual(['ClusterRole.rbac.authorization.k8s.io', 'Deployment.apps', 'Service'])
})

test('namespaces are those besides the own; what has none adds none', () => {
  const elsewhere = { ...service, metadata: { name: 'a', namespace: 'z' } }
  expect(additionalNamespaces([service, elsewhere, role], 'n', ['b', 'n'])).toEqual(['b', 'z'])
})
