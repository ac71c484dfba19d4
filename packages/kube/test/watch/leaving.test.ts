import { describe, expect } from 'vitest'
import { configMaps, test } from '../support/fixtures.ts'
import { page, stream } from '../support/replies.ts'
import { event, serve, watches } from '../support/watching.ts'

describe('leaving a watch', () => {
  test('ends a pending next and closes the socket', async ({ server, client }) => {
    serve(server, { list: [page('5', [])], watch: [stream([], 'stay')] })
    const iterator = client.watch(configMaps)
    const pending = iterator.next()
    await expect.poll(() => watches(server).length).toBe(1)
    await iterator.return?.()
    expect(await pending).toEqual({ done: true, value: undefined })
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
    await client.close()
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test("by its signal throws the signal's reason from a pending next", async ({ server, client }) => {
    serve(server, { list: [page('5', [])], watch: [stream([], 'stay')] })
    const controller = new AbortController()
    const pending = client.watch(configMaps, { signal: controller.signal }).next()
    await expect.poll(() => watches(server).length).toBe(1)
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(pending).rejects.toBe(reason)
  })

  test('by its signal between two events closes the socket too', async ({ server, client }) => {
    serve(server, { list: [page('5', [])], watch: [stream([event('ADDED', 'a', '6')], 'stay')] })
    const controller = new AbortController()
    const iterator = client.watch(configMaps, { signal: controller.signal })
    await iterator.next()
    const { open } = server.connections
    controller.abort(new Error('enough'))
    await expect.poll(() => server.connections.open).toBe(open - 1)
    await expect(iterator.next()).rejects.toThrow('enough')
  })

  test('happens when the client is closed', async ({ server, client }) => {
    serve(server, { list: [page('5', [])], watch: [stream([], 'stay')] })
    const pending = client.watch(configMaps).next()
    await expect.poll(() => watches(server).length).toBe(1)
    await client.close()
    await expect(pending).rejects.toThrow('the client has been closed')
  })
})
