import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { cutAfter, status } from '../support/replies.ts'

const route = 'GET /api/v1/namespaces/ns/pods/p/log'

test('a log comes in its chunks', async ({ server, client }) => {
  server.on(route, (response) => response.writeHead(200).end('line 1\nline 2\n'))
  let text = ''
  const options = { container: 'c', tailLines: 0, timestamps: true, previous: true, sinceSeconds: 9, follow: false }
  for await (const chunk of client.logs({ name: 'p' }, options)) text += Buffer.from(chunk)
  expect(text).toBe('line 1\nline 2\n')
  expect(Object.fromEntries(server.requests[0]?.query ?? [])).toEqual({
    container: 'c',
    follow: 'false',
    tailLines: '0',
    timestamps: 'true',
    previous: 'true',
    sinceSeconds: '9',
  })
})

test('the part of a log that is asked for is named as the API names it', async ({ server, client }) => {
  server.on(route, (response) => response.writeHead(200).end())
  const sinceTime = new Date('2026-01-01T01:00:00.250+01:00')
  for await (const _ of client.logs({ name: 'p' }, { sinceTime, limitBytes: 10 })) expect.unreachable()
  expect(Object.fromEntries(server.requests[0]?.query ?? [])).toEqual({
    sinceTime: '2026-01-01T00:00:00.250Z',
    limitBytes: '10',
  })
})

test('a log that is cut does not end as if it were whole', async ({ server, client }) => {
  server.on(route, cutAfter('half'))
  const read = async () => {
    for await (const chunk of client.logs({ name: 'p' })) expect(Buffer.from(chunk).toString()).toBe('half')
  }
  await expect(read()).rejects.toMatchObject({ name: 'StreamCutError', message: expect.stringContaining('pod ns/p') })
})

test('a refusal is an API error', async ({ server, client }) => {
  server.on(route, status(400, 'BadRequest', 'container "c" is waiting to start'))
  await expect(client.logs({ name: 'p' }).next()).rejects.toMatchObject({ name: 'ApiError', code: 400 })
})

test('leaving a followed log closes its socket, while it waits too', async ({ server, client }) => {
  server.on(route, (response) => response.writeHead(200).write('first'))
  const log = client.logs({ name: 'p' }, { follow: true })
  expect(Buffer.from((await log.next()).value ?? '').toString()).toBe('first')
  const pending = log.next()
  await log.return?.()
  expect(await pending).toEqual({ done: true, value: undefined })
  await expect.poll(() => server.connections.open).toBe(0)
})
