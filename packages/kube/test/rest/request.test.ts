import { describe, expect } from 'vitest'
import { ApiError, ConnectionError, isApiError, isKubeError, TimeoutError } from '../../src/index.ts'
import { configMaps, test } from '../support/fixtures.ts'
import { configMap, cutAfter, json, reset, silence, status } from '../support/replies.ts'

const path = '/api/v1/namespaces/ns/configmaps'
const busy = (headers = {}) => status(429, 'TooManyRequests', 'too many requests', headers)
const down = (headers = {}) => status(503, 'ServiceUnavailable', 'no', headers)

describe('requests', () => {
  test('name the object with every part encoded', async ({ server, client }) => {
    server.on(`GET ${path}/a%2Fb`, json(configMap('a/b', '1')))
    expect(await client.get(configMaps, { name: 'a/b' })).toEqual(configMap('a/b', '1'))
  })

  test.for(['', '.', '..'])(
    'never go out for the name "%s", which is another URL',
    async (name, { server, client }) => {
      await expect(client.delete(configMaps, { name })).rejects.toSatisfy(isKubeError)
      expect(server.requests).toEqual([])
    },
  )

  test('use one connection for many in a row', async ({ server, client }) => {
    server.on(`GET ${path}/a`, json(configMap('a', '1')))
    for (let i = 0; i < 20; i++) await client.get(configMaps, { name: 'a' })
    expect(server.connections.opened).toBe(1)
  })

  test('delete what is not there', async ({ server, client }) => {
    server.on(`DELETE ${path}/a`, json({ kind: 'Status', status: 'Success' }), status(404, 'NotFound', 'gone'))
    expect(await client.delete(configMaps, { name: 'a' }, { uid: 'u', gracePeriodSeconds: 0 })).toBe(true)
    expect(await client.delete(configMaps, { name: 'a' })).toBe(false)
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
      preconditions: { uid: 'u' },
      gracePeriodSeconds: 0,
    })
  })

  test('tell what the API server said', async ({ server, client }) => {
    server.on(`GET ${path}/a`, status(404, 'NotFound', 'configmaps "a" not found'))
    const error = await client.get(configMaps, { name: 'a' }).catch((caught) => caught)
    expect(error).toMatchObject({
      name: 'ApiError',
      code: 404,
      reason: 'NotFound',
      message: 'configmaps "a" not found',
    })
    expect(isApiError(error, 'NotFound')).toBe(true)
    expect(isApiError(error, 'Conflict')).toBe(false)
  })

  test('tell what time it is for the server', async ({ server, client }) => {
    const time = 'Sat, 21 Nov 2026 12:00:00 GMT'
    server.on(
      'GET /version',
      (response) => response.writeHead(200, { date: time }).end('{}'),
      (response) => response.writeHead(200, { date: 'whenever' }).end('{}'),
    )
    expect(await client.serverTime()).toEqual(new Date(time))
    expect(await client.serverTime()).toBeUndefined()
  })

  test('make an error of prose too', async ({ server, client }) => {
    server.on('GET /odd', (response) => response.writeHead(400).end('<html>bad gateway'))
    await expect(client.raw('GET', '/odd')).rejects.toThrow(/GET .*\/odd: HTTP 400: <html>bad gateway/)
  })

  test('suggest how to check a missing permission', async ({ server, client }) => {
    const said =
      'jobs.batch is forbidden: User "u" cannot create resource "jobs" in API group "batch" in the namespace "ns"'
    server.on(`POST ${path}`, status(403, 'Forbidden', said))
    const error = await client.create(configMaps, configMap('a', '')).catch((caught) => caught)
    expect(error.suggestion).toContain('kubectl auth can-i create jobs.batch -n ns')
  })

  test('take a login page for what it is', async ({ server, client }) => {
    server.on(`GET ${path}/a`, (response) => response.writeHead(302, { location: '/login' }).end('<html>'))
    await expect(client.get(configMaps, { name: 'a' })).rejects.toThrow(/is not JSON: <html>/)
  })
})

describe('retries', () => {
  test.for([
    ['429 without Retry-After', busy()],
    ['429 with Retry-After', busy({ 'retry-after': '0' })],
    ['503 without Retry-After', down()],
    ['503 with Retry-After', down({ 'retry-after': '0' })],
    ['500 with Retry-After', status(500, 'InternalError', 'x', { 'retry-after': '0' })],
    ['a reset', reset],
    ['half a body', cutAfter('{"kind"')],
  ] as const)('read again after %s', async ([, fault], { server, client }) => {
    server.on(`GET ${path}/a`, fault, fault, json(configMap('a', '1')))
    expect(await client.get(configMaps, { name: 'a' })).toEqual(configMap('a', '1'))
    expect(server.requests.length).toBe(3)
  })

  test.for([
    ['429', busy()],
    ['503 with Retry-After', down({ 'retry-after': '0' })],
    ['500 with Retry-After', status(500, 'InternalError', 'x', { 'retry-after': '0' })],
  ] as const)('write again after %s, when the server has done nothing', async ([, fault], { server, client }) => {
    server.on(`POST ${path}`, fault, json(configMap('a', '1')))
    expect(await client.create(configMaps, configMap('a', ''))).toEqual(configMap('a', '1'))
  })

  test.for([
    ['503', down(), ApiError],
    ['500', status(500, 'InternalError', 'x'), ApiError],
    ['504 with Retry-After', status(504, 'Timeout', 'x', { 'retry-after': '0' }), ApiError],
    ['a reset', reset, ConnectionError],
    ['half a body', cutAfter('{"kind"'), ConnectionError],
  ] as const)('never write again after %s', async ([, fault, type], { server, client }) => {
    server.on(`POST ${path}`, fault, json(configMap('a', '1')))
    await expect(client.create(configMaps, configMap('a', ''))).rejects.toBeInstanceOf(type)
    expect(server.requests.length).toBe(1)
  })

  test('say after a lost write that it may have happened', async ({ server, client }) => {
    server.on(`POST ${path}`, reset)
    const error = await client.create(configMaps, configMap('a', '')).catch((caught) => caught)
    expect(error).toMatchObject({ name: 'ConnectionError', sent: true })
    expect(error.suggestion).toContain('may have been carried out')
  })

  test('give up after ten tries that the server asked for', async ({ server, client }) => {
    server.on(`GET ${path}/a`, busy({ 'retry-after': '0' }))
    await expect(client.get(configMaps, { name: 'a' })).rejects.toMatchObject({ code: 429 })
    expect(server.requests.length).toBe(10)
  })

  test('do not wait for what will not come in time', async ({ server, client }) => {
    server.on(`GET ${path}/a`, busy({ 'retry-after': '3600' }))
    await expect(client.get(configMaps, { name: 'a' })).rejects.toMatchObject({ code: 429 })
    expect(server.requests.length).toBe(1)
  })
})

describe('limits', () => {
  test('end a request that gets no answer', async ({ server, client }) => {
    server.on(`GET ${path}/a`, silence)
    const error = await client.get(configMaps, { name: 'a' }, { timeout: 50 }).catch((caught) => caught)
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error.message).toContain(`${server.url}${path}/a`)
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('end with it the idle connections, which are likely to be as dead', async ({ server, client }) => {
    // The first is answered with the second, so that they need two connections.
    const reply = json(configMap('a', '1'))
    server.on(`GET ${path}/a`, (first, request) => {
      server.on(`GET ${path}/a`, (second) => {
        reply(first, request)
        reply(second, request)
      })
    })
    await Promise.all([client.get(configMaps, { name: 'a' }), client.get(configMaps, { name: 'a' })])
    expect(server.connections.open).toBe(2)
    server.on(`GET ${path}/a`, silence)
    await expect(client.get(configMaps, { name: 'a' }, { timeout: 50 })).rejects.toBeInstanceOf(TimeoutError)
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('end a request whose body stalls', async ({ server, client }) => {
    server.on(`GET ${path}/a`, (response) => response.writeHead(200).write('{'))
    await expect(client.get(configMaps, { name: 'a' }, { timeout: 50 })).rejects.toBeInstanceOf(TimeoutError)
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test("reject with the signal's reason and free the socket", async ({ server, client }) => {
    const controller = new AbortController()
    const reason = new Error('changed my mind')
    server.on(`GET ${path}/a`, () => controller.abort(reason))
    await expect(client.get(configMaps, { name: 'a' }, { signal: controller.signal })).rejects.toBe(reason)
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('send nothing for a signal that has aborted', async ({ server, client }) => {
    const signal = AbortSignal.abort(new Error('too late'))
    await expect(client.get(configMaps, { name: 'a' }, { signal })).rejects.toThrow('too late')
    expect(server.requests).toEqual([])
  })

  test('free every connection when the client is closed', async ({ server, client }) => {
    server.on(`GET ${path}/a`, silence)
    const pending = client.get(configMaps, { name: 'a' })
    await expect.poll(() => server.requests.length).toBe(1)
    await client.close()
    await expect(pending).rejects.toThrow('the client has been closed')
    await expect(client.get(configMaps, { name: 'a' })).rejects.toThrow('the client has been closed')
    await expect.poll(() => server.connections.open).toBe(0)
  })
})
