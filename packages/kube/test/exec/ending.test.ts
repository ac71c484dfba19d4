import { describe, expect } from 'vitest'
import { pod, route, run, send } from '../support/commands.ts'
import { test } from '../support/fixtures.ts'

describe('ending early', () => {
  test('close drops the connection, and the outcome is unknown', async ({ server, client }) => {
    server.onExec(send([], 'stay'))
    const stream = await client.exec(pod, run)
    stream.close()
    await expect(stream.exit).rejects.toMatchObject({ name: 'StreamCutError' })
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test("a signal drops the connection with the signal's reason", async ({ server, client }) => {
    server.onExec(send([], 'stay'))
    const controller = new AbortController()
    const stream = await client.exec(pod, { ...run, signal: controller.signal })
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(stream.exit).rejects.toBe(reason)
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('so does closing the client', async ({ server, client }) => {
    server.onExec(send([], 'stay'))
    const stream = await client.exec(pod, run)
    await client.close()
    await expect(stream.exit).rejects.toThrow('the client has been closed')
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('an upgrade that is not answered ends at the connect timeout', async ({ server, client }) => {
    server.on(route, () => {})
    await expect(client.exec(pod, { ...run, connectTimeout: 50 })).rejects.toMatchObject({ name: 'TimeoutError' })
    await expect.poll(() => server.connections.open).toBe(0)
  })
})
