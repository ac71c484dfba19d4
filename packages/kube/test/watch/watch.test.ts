import { describe, expect, vi } from 'vitest'
import type { Client, WatchEvent, WatchOptions } from '../../src/index.ts'
import type { FaultServer, Reply } from '../support/fault-server.ts'
import { type ConfigMap, configMaps, test } from '../support/fixtures.ts'
import { configMap, json, page, reset, status, stream } from '../support/replies.ts'

const all = 'GET /api/v1/configmaps'

/** Answers lists with the one series of replies and watches with the other. */
function serve(server: FaultServer, replies: { list?: Reply[]; watch?: Reply[] }): void {
  const next = (series: Reply[] = []) => (series.length > 1 ? series.shift() : series[0])
  server.on(all, (response, request) => {
    const reply = next(request.query.has('watch') ? replies.watch : replies.list)
    reply?.(response, request)
  })
}

/** The first `count` events, as `TYPE name@version`; the watch is left then. */
async function take(client: Client, count: number, options?: WatchOptions): Promise<string[]> {
  const events: string[] = []
  for await (const event of client.watch(configMaps, options)) {
    if (events.push(told(event)) === count) break
  }
  return events
}

const told = ({ type, object }: WatchEvent<ConfigMap>) =>
  `${type} ${object.metadata?.name}@${object.metadata?.resourceVersion}`
const watches = (server: FaultServer) => server.requests.filter(({ query }) => query.has('watch'))
const event = (type: string, name: string, version: string) => ({ type, object: configMap(name, version) })
const bookmark = (version: string) => ({ type: 'BOOKMARK', object: { metadata: { resourceVersion: version } } })
const expired = { kind: 'Status', status: 'Failure', code: 410, reason: 'Expired', message: 'too old resource version' }

describe('a watch', () => {
  test('yields what is there, then what changes', async ({ server, client }) => {
    serve(server, {
      list: [page('5', [configMap('a', '1')])],
      watch: [stream([event('MODIFIED', 'a', '6'), event('ADDED', 'b', '7'), event('DELETED', 'a', '8')], 'stay')],
    })
    expect(await take(client, 4, { labelSelector: 'x=y' })).toEqual([
      'ADDED a@1',
      'MODIFIED a@6',
      'ADDED b@7',
      'DELETED a@8',
    ])
    const { timeoutSeconds, ...query } = Object.fromEntries(watches(server)[0]?.query ?? [])
    expect(query).toEqual({ watch: 'true', allowWatchBookmarks: 'true', resourceVersion: '5', labelSelector: 'x=y' })
    expect(Number(timeoutSeconds)).toBeGreaterThanOrEqual(300)
    expect(Number(timeoutSeconds)).toBeLessThanOrEqual(600)
  })

  test('goes on from a version it is given, without the state before it', async ({ server, client }) => {
    serve(server, { watch: [stream([event('ADDED', 'b', '7')], 'stay')] })
    expect(await take(client, 1, { resourceVersion: '6' })).toEqual(['ADDED b@7'])
    expect(server.requests.length).toBe(1)
  })

  test('goes on from the last event or bookmark when the server ends the stream', async ({ server, client }) => {
    serve(server, {
      list: [page('5', [])],
      watch: [
        stream([event('ADDED', 'a', '6')], 'end'),
        stream([bookmark('60')], 'end'),
        stream([event('ADDED', 'b', '61')], 'stay'),
      ],
    })
    expect(await take(client, 2)).toEqual(['ADDED a@6', 'ADDED b@61'])
    expect(watches(server).map(({ query }) => query.get('resourceVersion'))).toEqual(['5', '6', '60'])
  })

  test.for([
    ['a cut', stream([], 'cut')],
    ['half a line', stream([event('ADDED', 'a', '6'), '{"type":"ADDED","object":{"metadata"'], 'cut')],
    ['half a line and an orderly end', stream([event('ADDED', 'a', '6'), '{"type":"ADD'], 'end')],
    ['a line that is not JSON', stream([event('ADDED', 'a', '6'), '{"type"\n'], 'stay')],
    ['an internal error', status(500, 'InternalError', 'etcd has no leader')],
    [
      'an internal error in the stream',
      stream([{ type: 'ERROR', object: { ...expired, code: 500, reason: 'InternalError' } }], 'end'),
    ],
    ['an overload', status(429, 'TooManyRequests', 'slow down')],
    ['an overload with Retry-After', status(429, 'TooManyRequests', 'slow down', { 'retry-after': '1' })],
    ['a reset', reset],
  ] as const)('heals after %s without listing again', { concurrent: true }, async ([, fault], { server, client }) => {
    serve(server, { list: [page('5', [])], watch: [fault, stream([event('ADDED', 'b', '7')], 'stay')] })
    const events = client.watch(configMaps)
    const seen = []
    for await (const item of events) if (seen.push(told(item)) && seen.at(-1) === 'ADDED b@7') break
    expect(seen.filter((line) => line.includes(' b@'))).toEqual(['ADDED b@7'])
    expect(server.requests.length - watches(server).length).toBe(1)
  })

  test.for([
    ['in the stream', stream([{ type: 'ERROR', object: expired }], 'end')],
    ['as a status', status(410, 'Expired', 'too old resource version')],
  ] as const)(
    'whose version has expired, %s, yields the difference',
    { concurrent: true },
    async ([, fault], { server, client }) => {
      const before = ['same', 'changed', 'gone', 'replaced'].map((name) => configMap(name, '1'))
      const after = [
        configMap('same', '1'),
        configMap('changed', '8'),
        configMap('replaced', '9', 'other-uid'),
        configMap('new', '7'),
      ]
      serve(server, {
        list: [page('5', before), page('10', after)],
        watch: [fault, stream([event('MODIFIED', 'new', '11')], 'stay')],
      })
      const events = await take(client, 10)
      expect(events.slice(0, 4)).toEqual(before.map(({ metadata }) => `ADDED ${metadata.name}@1`))
      expect(events.slice(4).sort()).toEqual(
        [
          'ADDED new@7',
          'ADDED replaced@9',
          'DELETED gone@1',
          'DELETED replaced@1',
          'MODIFIED changed@8',
          'MODIFIED new@11',
        ].sort(),
      )
      expect(events.at(-1)).toBe('MODIFIED new@11')
      expect(watches(server).map(({ query }) => query.get('resourceVersion'))).toEqual(['5', '10'])
    },
  )

  test('rests before it asks a server again that ends the stream at once', async ({ server, client }) => {
    const times: number[] = []
    const note: Reply = (response, request) => {
      times.push(performance.now())
      stream([], 'end')(response, request)
    }
    serve(server, { list: [page('5', [])], watch: [note, note, stream([event('ADDED', 'a', '6')], 'stay')] })
    expect(await take(client, 1)).toEqual(['ADDED a@6'])
    expect(Number(times[1]) - Number(times[0])).toBeGreaterThan(790)
  })

  test.for([
    ['overdue', [], 631_000],
    ['without the bookmarks that it used to send', [bookmark('6')], 181_000],
  ] as const)('leaves a stream that is silent: %s', async ([, frames, silence], { server, client, onTestFinished }) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    serve(server, {
      list: [page('5', [])],
      watch: [stream([...frames], 'stay'), stream([event('ADDED', 'a', '7')], 'stay')],
    })
    const next = client.watch(configMaps).next()
    await expect.poll(() => watches(server).length).toBe(1)
    const listing = server.connections.open
    await expect
      .poll(() => {
        vi.advanceTimersByTime(silence)
        return watches(server).length
      })
      .toBe(2)
    expect(told((await next).value)).toBe('ADDED a@7')
    expect(server.connections.open).toBeLessThanOrEqual(listing)
  })
})

describe('a watch gives up', () => {
  test.for([401, 403, 404])('when the first list is refused with %i', async (code, { server, client }) => {
    serve(server, { list: [status(code, 'No', 'no')] })
    await expect(take(client, 1)).rejects.toMatchObject({ name: 'ApiError', code })
  })

  test('when the server cannot be reached at first', async ({ server, client }) => {
    await server.close()
    await expect(take(client, 1)).rejects.toMatchObject({ name: 'ConnectionError' })
  })

  test('when the server cannot be reached at first, from a given version', async ({ server, client }) => {
    await server.close()
    await expect(take(client, 1, { resourceVersion: '5' })).rejects.toMatchObject({ name: 'ConnectionError' })
  })

  test('when permission is taken away later', async ({ server, client }) => {
    serve(server, {
      list: [page('5', [configMap('a', '1')])],
      watch: [stream([event('ADDED', 'b', '6')], 'end'), status(403, 'Forbidden', 'no')],
    })
    await expect(take(client, 9)).rejects.toMatchObject({ name: 'ApiError', code: 403 })
  })
})

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

test('a token that expires in mid-watch is renewed on the way', async ({ server, connect, directory }) => {
  const { writeFile } = await import('node:fs/promises')
  const token = `${directory}/token`
  await writeFile(token, 'first')
  const kubeconfig = `${directory}/config`
  await writeFile(
    kubeconfig,
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: server.url } }],
      users: [{ name: 'u', user: { tokenFile: token } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  )
  const client = await connect({ server: undefined, kubeconfig })
  let valid = 'first'
  const guarded =
    (reply: Reply): Reply =>
    (response, request) =>
      (request.headers.authorization === `Bearer ${valid}` ? reply : status(401, 'Unauthorized', 'Unauthorized'))(
        response,
        request,
      )
  const rotate: Reply = async (response, request) => {
    valid = 'second'
    await writeFile(token, valid)
    stream([event('ADDED', 'a', '6')], 'end')(response, request)
  }
  serve(server, {
    list: [guarded(page('5', []))],
    watch: [guarded(rotate), guarded(json({})), guarded(stream([event('ADDED', 'b', '7')], 'stay'))],
  })
  expect(await take(client, 2)).toEqual(['ADDED a@6', 'ADDED b@7'])
  expect(watches(server).map(({ headers }) => headers.authorization)).toEqual([
    'Bearer first',
    'Bearer first',
    'Bearer second',
  ])
})
