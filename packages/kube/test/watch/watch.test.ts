import { describe, expect, vi } from 'vitest'
import type { Reply } from '../support/fault-server.ts'
import { configMaps, test } from '../support/fixtures.ts'
import { configMap, page, reset, status, stream } from '../support/replies.ts'
import { bookmark, event, expired, serve, take, told, watches } from '../support/watching.ts'

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

  test('tells when it is live: once what was there has been taken, and not while it is cut off', async ({
    server,
    client,
  }) => {
    const seen: (string | boolean)[] = []
    serve(server, {
      list: [page('5', [configMap('a', '1')])],
      watch: [stream([event('ADDED', 'b', '6')], 'cut'), stream([event('ADDED', 'c', '7')], 'stay')],
    })
    for await (const { object } of client.watch(configMaps, { onLive: (live) => seen.push(live) })) {
      seen.push(object.metadata?.name ?? '')
      if (object.metadata?.name === 'c') break
    }
    expect(seen).toEqual(['a', true, 'b', false, true, 'c', false])
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

  test('whose version has expired counts with what the stream had told', async ({ server, client }) => {
    const told = [event('ADDED', 'b', '6'), event('MODIFIED', 'a', '7'), event('DELETED', 'c', '8')]
    serve(server, {
      list: [
        page('5', [configMap('a', '1'), configMap('c', '1')]),
        page('10', [configMap('a', '7'), configMap('c', '9', 'uid-c')]),
      ],
      watch: [
        stream([...told, { type: 'ERROR', object: expired }], 'end'),
        stream([event('ADDED', 'd', '11')], 'stay'),
      ],
    })
    const events = await take(client, 8)
    expect(events.slice(5)).toEqual(['DELETED b@6', 'ADDED c@9', 'ADDED d@11'])
  })

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
      watch: [stream([...frames, event('ADDED', 'a', '7')], 'stay'), stream([event('ADDED', 'b', '8')], 'stay')],
    })
    const iterator = client.watch(configMaps)
    expect(told((await iterator.next()).value)).toBe('ADDED a@7')
    const next = iterator.next()
    vi.advanceTimersByTime(silence)
    await expect
      .poll(() => {
        vi.advanceTimersByTime(1600)
        return watches(server).length
      })
      .toBe(2)
    expect(told((await next).value)).toBe('ADDED b@8')
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
