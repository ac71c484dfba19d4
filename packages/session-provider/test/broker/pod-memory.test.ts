import { createClient } from '@kubectl-gc/kube'
import { expect } from 'vitest'
import { PodMemory } from '../../src/broker/pod-memory.ts'
import { sessionOf } from '../../src/kubernetes/cluster.ts'
import { ApiServer } from './api-server.ts'
import { test as base } from './support.ts'

interface Watched {
  server: ApiServer
  memory: PodMemory
  going: string[]
  names(): Promise<string[]>
}

const test = base.extend<{ watched: Watched }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  watched: async ({}, use) => {
    await using server = await ApiServer.open()
    await using client = await createClient({ server: server.url, env: { KUBECONFIG: '/nonexistent' } })
    const going: string[] = []
    const memory = new PodMemory(client, 'gc', (uid) => going.push(uid))
    const names = async () => (await memory.list(undefined)).map(sessionOf).sort()
    server.put('a')
    expect(await names()).toEqual(['a'])
    await expect.poll(() => server.watchCount).toBe(1)
    await use({ server, memory, going, names })
    memory.stop()
  },
})

const { signal } = new AbortController()

test('a watch answers lists, each after one small question to the API server', async ({ watched }) => {
  const { server, names } = watched
  await expect.poll(names).toEqual(['a'])
  server.requests.length = 0
  server.put('b')
  await expect.poll(names).toEqual(['a', 'b'])
  server.remove('a')
  await expect.poll(names).toEqual(['b'])
  const asked = new Set(server.requests)
  expect([...asked]).toEqual(['GET /api/v1/namespaces/gc/pods?fieldSelector=metadata.name%3DNOBODY&limit=500'])
})

test('no answer, or a refusal, is an error, whatever is remembered', async ({ watched }) => {
  const { server, names } = watched
  server.mode = 'fail'
  await expect(names()).rejects.toThrow('forbidden')
  server.mode = 'answer'
  expect(await names()).toEqual(['a'])
})

test('while the watch is cut off, the API server is asked for everything', async ({ watched }) => {
  const { server, names } = watched
  server.cutWatches()
  await expect.poll(() => server.watchCount).toBe(0)
  server.put('b', true)
  server.remove('a', true)
  await expect.poll(names, { interval: 5 }).toEqual(['b'])
})

test('what we deleted is not listed, though the watch has not seen it yet', async ({ watched }) => {
  const { server, memory, going, names } = watched
  memory.deleted('uid-a')
  expect(await names()).toEqual([])
  expect(going).toEqual(['uid-a'])
  server.remove('a')
  server.put('a', false, { uid: 'uid-a2' })
  await expect.poll(names).toEqual(['a'])
})

test('what we created is listed, though the watch has not seen it yet, and is not brought back by that', async ({
  watched,
}) => {
  const { server, memory, names } = watched
  const made = server.put('b', true)
  memory.created(made)
  expect(await names()).toEqual(['a', 'b'])
  server.put('b')
  server.remove('b')
  await expect.poll(names).toEqual(['a'])
  memory.created(made)
  expect(await names()).toEqual(['a'])
})

test('what somebody else says has changed is looked at', async ({ watched }) => {
  const { server, memory, names } = watched
  server.put('b', true)
  await memory.refresh('b', signal)
  expect(await names()).toEqual(['a', 'b'])
  server.remove('a', true)
  await memory.refresh('a', signal)
  expect(await names()).toEqual(['b'])
})

test('a start that has ended is in the list, whatever the watch has seen', async ({ watched }) => {
  const { server, memory, names } = watched
  memory.created({ ...server.put('b', true), spec: { containers: [] } })
  server.put('b', true)
  await memory.started('b', signal)
  expect((await memory.list(undefined)).find((pod) => sessionOf(pod) === 'b')?.spec?.nodeName).toBe('node')
  expect(await names()).toEqual(['a', 'b'])
})
