import { describe, expect } from 'vitest'
import { carryOut, planInstallation, readRecord } from '../../src/apply/index.ts'
import type { FaultServer, Seen } from '../support/fault-server.ts'
import { test } from '../support/fixtures.ts'
import { configMap, json, page, reset, status } from '../support/replies.ts'

const { signal } = new AbortController()
const options = { fieldManager: 'tester', signal }
const wanted = (...names: string[]) => ({
  ...{ name: 'town', namespace: 'ns', content: {} },
  objects: names.map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })),
})
const path = (name: string) => `/api/v1/namespaces/ns/configmaps/${name}`
const record = '/api/v1/namespaces/ns/secrets/kubectl-gc.town'
const notFound = status(404, 'NotFound', 'not found')

/** Answers as the API server does where nothing has been installed. */
function fresh(server: FaultServer, ...names: string[]): void {
  const resources = [
    { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
    { name: 'secrets', kind: 'Secret', namespaced: true },
  ]
  server.on('GET /api/v1', json({ resources })).on(`GET ${record}`, notFound)
  server.on('POST /api/v1/namespaces/ns/secrets', (response, request) => {
    const secret = JSON.parse(request.body)
    const stored = { ...secret, metadata: { ...secret.metadata, uid: 'uid-record', resourceVersion: '1' } }
    server.on(`GET ${record}`, json(stored)).on(`DELETE ${record}`, json({}))
    json(stored)(response, request)
  })
  for (const name of names)
    server.on(`GET ${path(name)}`, notFound).on(`PATCH ${path(name)}`, json(configMap(name, '1')))
}

const deleted = ({ method, path, body }: Seen) =>
  method === 'DELETE' ? [[path, JSON.parse(body).preconditions.uid]] : []

describe('a first installation', () => {
  test('removes what it made when the answer to an apply is lost, and what that may have made', async ({
    server,
    client,
  }) => {
    fresh(server, 'a', 'b')
    server.on(`PATCH ${path('b')}`, json(configMap('b', '1')), reset)
    const plan = await planInstallation(client, wanted('a', 'b'), options)
    const id = { 'applyset.kubernetes.io/part-of': plan.id }
    const lost = { ...configMap('b', '1'), metadata: { ...configMap('b', '1').metadata, labels: id } }
    server.on('GET /api/v1/namespaces/ns/configmaps', page('1', [lost]))
    for (const name of ['a', 'b']) server.on(`DELETE ${path(name)}`, json({}))
    await expect(carryOut(client, plan, options)).rejects.toMatchObject({ name: 'ConnectionError' })
    const list = server.to('GET /api/v1/namespaces/ns/configmaps')[0]
    expect(list?.query.get('labelSelector')).toBe(`applyset.kubernetes.io/part-of=${plan.id}`)
    expect(server.requests.flatMap(deleted)).toEqual([
      [path('a'), 'uid-a'],
      [path('b'), 'uid-b'],
      [record, 'uid-record'],
    ])
  })

  test('tells of both where the removal fails too', async ({ server, client }) => {
    fresh(server, 'a')
    const plan = await planInstallation(client, wanted('a'), options)
    server.on(`PATCH ${path('a')}`, status(422, 'Invalid', 'no'))
    server.on('GET /api/v1/namespaces/ns/configmaps', status(500, 'InternalError', 'down'))
    const failing = carryOut(client, plan, options)
    await expect(failing).rejects.toMatchObject({ errors: [{ name: 'RefusedError' }, { message: 'down' }] })
  })

  test('changes nothing when another run has begun', async ({ server, client }) => {
    fresh(server, 'a')
    server.on('POST /api/v1/namespaces/ns/secrets', status(409, 'AlreadyExists', 'there'))
    const plan = await planInstallation(client, wanted('a'), options)
    await expect(carryOut(client, plan, options)).rejects.toMatchObject({ name: 'InstallationBusyError' })
    const writes = server.requests.filter(({ method, query }) => method !== 'GET' && !query.has('dryRun'))
    expect(writes.map(({ method }) => method)).toEqual(['POST'])
  })
})

test('all conflicts are told at once', async ({ server, client }) => {
  fresh(server, 'a', 'b')
  for (const name of ['a', 'b']) {
    const causes = [{ reason: 'FieldManagerConflict', message: 'conflict with "x"', field: '.data' }]
    const details = {
      kind: 'Status',
      status: 'Failure',
      code: 409,
      reason: 'Conflict',
      message: 'x has it',
      details: { causes },
    }
    server.on(`PATCH ${path(name)}`, json(details, 409))
  }
  await expect(planInstallation(client, wanted('a', 'b'), options)).rejects.toMatchObject({
    name: 'FieldConflictError',
    message: 'configmap/a: x has it; configmap/b: x has it',
  })
})

test.for([
  [
    'of another program',
    { annotations: { 'applyset.kubernetes.io/tooling': 'kubectl/v1.34' } },
    'another program made it',
  ],
  ['that nobody can read', { annotations: { 'applyset.kubernetes.io/tooling': 'kubectl-gc/v1' } }, 'JSON'],
] as const)('a Secret %s is no record, and left alone', async ([, more, why], { server, client }) => {
  const metadata = { name: 'kubectl-gc.town', namespace: 'ns', ...more }
  server.on(`GET ${record}`, json({ apiVersion: 'v1', kind: 'Secret', metadata, data: {} }))
  await expect(readRecord(client, { name: 'town', namespace: 'ns' }, signal)).rejects.toMatchObject({
    message: expect.stringMatching(new RegExp(`^secret/kubectl-gc.town in namespace ns is no record .*${why}`)),
    suggestion: expect.stringContaining('kubectl get secret kubectl-gc.town'),
  })
})
