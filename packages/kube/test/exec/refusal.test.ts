import { describe, expect } from 'vitest'
import { frame, pod, route, run, send } from '../support/commands.ts'
import { test } from '../support/fixtures.ts'
import { status } from '../support/replies.ts'

describe('a refusal', () => {
  test('after the upgrade is the API error that the status tells', async ({ server, client }) => {
    const said = { status: 'Failure', code: 500, reason: 'InternalError', message: 'container not found ("c")' }
    server.onExec(send([frame(3, JSON.stringify(said))]))
    const stream = await client.exec(pod, run)
    await expect(stream.exit).rejects.toMatchObject({ name: 'ApiError', code: 500, message: said.message })
  })

  test.for([
    [400, 'BadRequest', 'pod p does not have a host assigned'],
    [404, 'NotFound', 'pods "p" not found'],
  ] as const)('of the upgrade with %i is its Status', async ([code, reason, message], { server, client }) => {
    server.on(route, status(code, reason, message))
    await expect(client.exec(pod, run)).rejects.toMatchObject({ name: 'ApiError', code, reason, message })
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('for want of permission names both verbs', async ({ server, client }) => {
    const said = 'pods "p" is forbidden: User "u" cannot get resource "pods/exec" in API group "" in the namespace "ns"'
    server.on(route, status(403, 'Forbidden', said))
    const error = await client.exec(pod, run).catch((caught) => caught)
    expect(error.suggestion).toMatch(/get and create on pods\/exec/)
  })

  test.for([
    ['v4.channel.k8s.io', /v4\.channel\.k8s\.io/],
    [false, /no protocol/],
  ] as const)('by a server that offers %s names it', async ([protocol, pattern], { server, client }) => {
    server.protocol = protocol
    const error = await client.exec(pod, run).catch((caught) => caught)
    expect(error).toMatchObject({ name: 'ProtocolError', message: expect.stringMatching(pattern) })
    expect(error.suggestion).toContain('1.30')
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('by nobody being there is a connection error', async ({ server, client }) => {
    await server.close()
    await expect(client.exec(pod, run)).rejects.toMatchObject({ name: 'ConnectionError', sent: false })
  })

  test('of an empty command comes before anything is sent', async ({ server, client }) => {
    await expect(client.exec(pod, { command: [] })).rejects.toThrow('exec needs a command')
    expect(server.requests).toEqual([])
  })
})
