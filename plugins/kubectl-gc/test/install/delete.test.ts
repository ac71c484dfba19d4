import type { Client } from '@kubectl-gc/kube'
import { expect, test } from 'vitest'
import { deleteAndWait } from '../../src/install/delete.ts'
import { MemoryCluster, settle } from '../support/memory-cluster.ts'

const { signal } = new AbortController()
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'dolt', namespace: 'gc' } }

test('it resolves once the object is gone', async () => {
  const cluster = new MemoryCluster()
  cluster.put(service)
  let release = () => {}
  cluster.onDelete = (go) => {
    release = go
  }
  const deleting = deleteAndWait(cluster.client as Client, service, signal)
  expect(await Promise.race([deleting, settle().then(() => 'still there')])).toBe('still there')
  release()
  expect(await deleting).toBe(true)
})

test('what is not there is no failure', async () => {
  expect(await deleteAndWait(new MemoryCluster().client as Client, service, signal)).toBe(false)
})
