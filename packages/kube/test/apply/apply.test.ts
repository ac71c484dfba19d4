import { describe, expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { configMap, json, status } from '../support/replies.ts'

const core = json({
  resources: [
    { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
    { name: 'namespaces/status', kind: 'Namespace', namespaced: false },
    { name: 'namespaces', kind: 'Namespace', namespaced: false },
  ],
})
const rigs = json({ resources: [{ name: 'rigs', kind: 'Rig', namespaced: true }] })
const rig = { apiVersion: 'gc.example/v1', kind: 'Rig', metadata: { name: 'r' } }
const fieldManager = 'tester'

describe('apply', () => {
  test('sends the object to where its kind is kept', async ({ server, client }) => {
    server.on('GET /api/v1', core).on('PATCH /api/v1/namespaces/ns/configmaps/a', json(configMap('a', '2')))
    const object = configMap('a', '')
    expect(await client.apply(object, { fieldManager, force: true, dryRun: true })).toEqual(configMap('a', '2'))
    const [request] = server.to('PATCH /api/v1/namespaces/ns/configmaps/a')
    expect(request?.headers['content-type']).toBe('application/apply-patch+yaml')
    expect(Object.fromEntries(request?.query ?? [])).toEqual({ fieldManager, force: 'true', dryRun: 'All' })
    expect(JSON.parse(request?.body ?? '')).toEqual(object)
  })

  test('asks once where the kinds of a version are, however many objects there are', async ({ server, client }) => {
    server
      .on('GET /api/v1', core)
      .on('PATCH /api/v1/namespaces/a', json({}))
      .on('PATCH /api/v1/namespaces/ns/configmaps/a', json({}))
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }
    await Promise.all([client.apply(namespace, { fieldManager }), client.apply(configMap('a', ''), { fieldManager })])
    await client.apply(namespace, { fieldManager })
    expect(server.to('GET /api/v1').length).toBe(1)
  })

  test('names the other managers in a conflict', async ({ server, client }) => {
    const said = 'Apply failed with 1 conflict: conflict with "kubectl" using v1: .data.x'
    server.on('GET /api/v1', core).on('PATCH /api/v1/namespaces/ns/configmaps/a', status(409, 'Conflict', said))
    await expect(client.apply(configMap('a', ''), { fieldManager })).rejects.toMatchObject({
      reason: 'Conflict',
      message: said,
    })
  })

  test('needs a name and a kind', async ({ client }) => {
    await expect(client.apply({ kind: 'Pod' }, { fieldManager })).rejects.toThrow(/apiVersion, kind and metadata.name/)
  })
})

describe('discovery', () => {
  test('asks anew for a kind that was not there a moment ago', async ({ server, client }) => {
    server.on('GET /apis/gc.example/v1', json({ resources: [] }), rigs)
    await expect(client.resourceOf(rig)).rejects.toMatchObject({ name: 'ApiError', code: 404, reason: 'NotFound' })
    expect(await client.resourceOf(rig)).toEqual({
      group: 'gc.example',
      version: 'v1',
      plural: 'rigs',
      namespaced: true,
    })
  })

  test('asks anew for a group that was not there a moment ago', async ({ server, client }) => {
    server.on('GET /apis/gc.example/v1', status(404, 'NotFound', 'no'), rigs)
    await expect(client.resourceOf(rig)).rejects.toMatchObject({ code: 404 })
    expect(await client.resourceOf(rig)).toMatchObject({ plural: 'rigs' })
  })

  test('of one caller goes on when another has left', async ({ server, client }) => {
    const controller = new AbortController()
    server.on('GET /apis/gc.example/v1', (response, request) => {
      controller.abort(new Error('left'))
      rigs(response, request)
    })
    const leaving = client.resourceOf(rig, { signal: controller.signal })
    const staying = client.resourceOf(rig)
    await expect(leaving).rejects.toThrow('left')
    expect(await staying).toMatchObject({ plural: 'rigs' })
  })
})
