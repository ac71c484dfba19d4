import { expect } from 'vitest'
import { configMaps, test } from '../support/fixtures.ts'
import { configMap, cutAfter, json, page, status } from '../support/replies.ts'

const all = '/api/v1/configmaps'
const gone = status(410, 'Expired', 'The provided continue parameter is too old')

test('a list fetches every page and carries the version of the last', async ({ server, client }) => {
  server.on(`GET ${all}`, page('5', [configMap('a', '1')], 'next'), page('5', [configMap('b', '2')]))
  const list = await client.list(configMaps, { labelSelector: 'x=y', fieldSelector: 'metadata.name!=z' })
  expect(list).toEqual({ items: [configMap('a', '1'), configMap('b', '2')], resourceVersion: '5' })
  expect(server.requests.map(({ query }) => Object.fromEntries(query))).toEqual([
    { limit: '500', labelSelector: 'x=y', fieldSelector: 'metadata.name!=z' },
    { limit: '500', labelSelector: 'x=y', fieldSelector: 'metadata.name!=z', continue: 'next' },
  ])
})

test('its objects have apiVersion and kind, which list answers leave out', async ({ server, client }) => {
  server.on(`GET ${all}`, page('5', [{ metadata: { name: 'a' } }]))
  expect((await client.list(configMaps)).items).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
  ])
})

test('pages that expire midway are fetched anew in one', async ({ server, client }) => {
  server.on(
    `GET ${all}`,
    page('5', [configMap('a', '1')], 'next'),
    gone,
    page('9', [configMap('a', '1'), configMap('b', '2')]),
  )
  const list = await client.list(configMaps)
  expect(list.items.map(({ metadata }) => metadata?.name)).toEqual(['a', 'b'])
  expect(server.requests[2]?.query.has('limit')).toBe(false)
})

test('a list that expires again is an error', async ({ server, client }) => {
  server.on(`GET ${all}`, page('5', [], 'next'), gone)
  await expect(client.list(configMaps)).rejects.toMatchObject({ code: 410 })
  expect(server.requests.length).toBe(3)
})

test('a page that is cut midway is fetched again, and nothing comes twice', async ({ server, client }) => {
  server.on(
    `GET ${all}`,
    page('5', [configMap('a', '1')], 'next'),
    cutAfter('{"items":[{'),
    page('5', [configMap('b', '2')]),
  )
  expect((await client.list(configMaps)).items.map(({ metadata }) => metadata?.name)).toEqual(['a', 'b'])
})

test('an empty list may say null', async ({ server, client }) => {
  server.on(`GET ${all}`, json({ kind: 'ConfigMapList', metadata: { resourceVersion: '1' }, items: null }))
  expect((await client.list(configMaps)).items).toEqual([])
})
