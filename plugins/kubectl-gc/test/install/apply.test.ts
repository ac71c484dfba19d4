import { ApiError, type Client, type KubernetesObject } from '@kubectl-gc/kube'
import { expect, test } from 'vitest'
import { applyObject } from '../../src/install/apply.ts'
import { displayName } from '../../src/install/name.ts'
import { MemoryCluster } from '../support/memory-cluster.ts'

const { signal } = new AbortController()
const service = (port: number): KubernetesObject & { spec: unknown } => ({
  ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'dolt', namespace: 'gc' }, spec: { port } },
})

test('what an apply changed', async () => {
  const cluster = new MemoryCluster()
  const apply = (port: number, dryRun?: boolean) =>
    applyObject(cluster.client as Client, service(port), { signal, dryRun })
  expect(await apply(3307, true)).toBe('created')
  expect(cluster.objects.size).toBe(0)
  expect(await apply(3307)).toBe('created')
  expect(await apply(3307)).toBe('unchanged')
  expect(await apply(3308, true)).toBe('configured')
  expect(await apply(3308)).toBe('configured')
})

test.for([
  ['Conflict', 409, '--force-conflicts'],
  ['Forbidden', 403, 'ask for the right'],
] as const)('a %s names the object and the next step', async ([reason, code, suggestion]) => {
  const cluster = new MemoryCluster()
  cluster.refuse = { kind: 'Service', error: new ApiError({ code, reason, message: 'no' }) }
  const applying = applyObject(cluster.client as Client, service(1), { signal })
  await expect(applying).rejects.toMatchObject({
    message: 'service/dolt: no',
    suggestion: expect.stringContaining(suggestion),
  })
})

test.for([
  [{ apiVersion: 'v1', kind: 'Service' }, 'service/x'],
  [{ apiVersion: 'apps/v1', kind: 'StatefulSet' }, 'statefulset.apps/x'],
  [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' }, 'role.rbac.authorization.k8s.io/x'],
] as const)('%j is %s', ([type, name]) => {
  expect(displayName({ ...type, metadata: { name: 'x' } })).toBe(name)
})
