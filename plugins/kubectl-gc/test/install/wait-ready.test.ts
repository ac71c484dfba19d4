import type { Client } from '@kubectl-gc/kube'
import type { StatefulSet } from '@kubectl-gc/manifests/kubernetes'
import { expect, test } from 'vitest'
import { waitUntilReady } from '../../src/install/wait-ready.ts'
import { MemoryCluster, settle } from '../support/memory-cluster.ts'

const set = {
  ...{ apiVersion: 'apps/v1', kind: 'StatefulSet' },
  metadata: { name: 'dolt', namespace: 'gc', generation: 2 },
  spec: { replicas: 1, serviceName: 'dolt', selector: { matchLabels: { app: 'dolt' } }, template: {} },
} satisfies StatefulSet

const ready = { observedGeneration: 2, replicas: 1, readyReplicas: 1, updatedReplicas: 1 }

const pulling = {
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'dolt-0', namespace: 'gc' } },
  status: { containerStatuses: [{ state: { waiting: { reason: 'ErrImagePull', message: 'no such image' } } }] },
}

function waiting(cluster: MemoryCluster, timeout = 60_000, signal = new AbortController().signal) {
  const steps: string[] = []
  const done = waitUntilReady(cluster.client as Client, set, {
    signal,
    timeout,
    onProgress: (step) => steps.push(step),
  })
  return { steps, done }
}

test('it waits for the generation that was applied, not for an older one', async () => {
  const cluster = new MemoryCluster()
  cluster.put({ ...set, status: { ...ready, observedGeneration: 1 } })
  const { done } = waiting(cluster)
  const first = await Promise.race([done.then(() => 'ready'), settle().then(() => 'waiting')])
  expect(first).toBe('waiting')
  cluster.put({ ...set, status: ready })
  await done
})

test('it tells why a pod is stuck, and says so when time is up', async () => {
  const cluster = new MemoryCluster()
  cluster.put(set)
  cluster.put(pulling)
  const { steps, done } = waiting(cluster, 50)
  await expect(done).rejects.toMatchObject({
    message: expect.stringMatching(
      /^statefulset.apps\/dolt in namespace gc is not ready after .*: pod dolt-0: ErrImagePull: no such image$/,
    ),
    suggestion: 'kubectl describe pods --namespace gc',
  })
  expect(steps).toEqual([
    'waiting for statefulset.apps/dolt to be ready',
    'waiting for statefulset.apps/dolt: pod dolt-0: ErrImagePull: no such image',
  ])
})

test('where no pod says why, the latest warning of the namespace does', async () => {
  const cluster = new MemoryCluster()
  cluster.put(set)
  for (const [name, lastTimestamp] of [
    ['late', '2026-01-01T00:00:02Z'],
    ['early', '2026-01-01T00:00:01Z'],
  ] as const) {
    const involvedObject = { name: 'dolt-data-dolt-0' }
    const metadata = { name, namespace: 'gc' }
    cluster.put({
      ...{ apiVersion: 'v1', kind: 'Event', metadata, involvedObject, lastTimestamp },
      ...{ reason: 'ProvisioningFailed', message: `${name} failure` },
    })
  }
  await expect(waiting(cluster, 50).done).rejects.toThrow('dolt-data-dolt-0: ProvisioningFailed: late failure')
})

test('it ends at once when it is interrupted', async () => {
  const abort = new AbortController()
  const { done } = waiting(new MemoryCluster(), 60_000, abort.signal)
  abort.abort(new Error('enough'))
  await expect(done).rejects.toThrow('enough')
})
