import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, vi } from 'vitest'
import type { User } from '../../src/identity/kubeconfig.ts'
import type { ClientOptions } from '../../src/index.ts'
import { test } from '../support/fixtures.ts'
import { writeKubeconfig } from '../support/kubeconfig.ts'
import { json, status } from '../support/replies.ts'

const version = 'GET /version'
const refused = status(401, 'Unauthorized', 'Unauthorized')

describe('what a request shows', () => {
  test.for<[string, User, ClientOptions, object]>([
    ['a token', { token: 't' }, {}, { authorization: 'Bearer t' }],
    ['a password', { username: 'u', password: 'p:w' }, {}, { authorization: `Basic ${btoa('u:p:w')}` }],
    [
      'the token of the options first',
      { token: 't', username: 'u' },
      { token: 'mine' },
      { authorization: 'Bearer mine' },
    ],
    [
      'whom it impersonates',
      { as: 'a', 'as-groups': ['g', 'h'], 'as-uid': '7', 'as-user-extra': { 'Why/so': ['x'] } },
      {},
      {
        'impersonate-user': 'a',
        'impersonate-group': 'g, h',
        'impersonate-uid': '7',
        'impersonate-extra-why%2fso': 'x',
      },
    ],
    [
      'whom the options impersonate, and nobody else',
      { as: 'a', 'as-groups': ['g'], 'as-uid': '7' },
      { as: 'b', asGroup: ['k'] },
      { 'impersonate-user': 'b', 'impersonate-group': 'k', 'impersonate-uid': undefined },
    ],
    [
      'the UID of the options first',
      { as: 'a', 'as-uid': '7' },
      { as: 'b', asUid: '8' },
      { 'impersonate-user': 'b', 'impersonate-uid': '8' },
    ],
    ['a user agent', {}, { userAgent: 'kubectl-gc/1' }, { 'user-agent': 'kubectl-gc/1' }],
  ])('is %s', async ([, user, options, headers], { server, directory, connect }) => {
    const kubeconfig = await writeKubeconfig(directory, { server: server.url }, user)
    server.on(version, json({}))
    await (await connect({ server: undefined, kubeconfig, ...options })).raw('GET', '/version')
    for (const [name, value] of Object.entries(headers)) expect(server.requests[0]?.headers[name]).toBe(value)
  })

  test('goes with exec too', async ({ server, directory, connect }) => {
    const kubeconfig = await writeKubeconfig(
      directory,
      { server: server.url },
      { token: 't', as: 'a', 'as-groups': ['g', 'h'] },
    )
    server.onExec((socket) => {
      socket.send(Buffer.from('\x03{"status":"Success"}'))
      socket.close()
    })
    const client = await connect({ server: undefined, kubeconfig })
    await (await client.exec({ name: 'p' }, { command: ['x'] })).exit
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer t',
      'impersonate-user': 'a',
      'impersonate-group': 'g, h',
    })
  })
})

describe('a token file', () => {
  test('is read again each minute', async ({ server, directory, connect, onTestFinished }) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const tokenFile = join(directory, 'token')
    await writeFile(tokenFile, 'one')
    const kubeconfig = await writeKubeconfig(directory, { server: server.url }, { tokenFile })
    const client = await connect({ server: undefined, kubeconfig })
    server.on(version, json({}))
    await client.raw('GET', '/version')
    await writeFile(tokenFile, 'two')
    await client.raw('GET', '/version')
    vi.advanceTimersByTime(60_000)
    await client.raw('GET', '/version')
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer one',
      'Bearer one',
      'Bearer two',
    ])
  })

  test('is read again at once when its token is refused, and a write goes out again', async ({
    server,
    directory,
    connect,
  }) => {
    const tokenFile = join(directory, 'token')
    await writeFile(tokenFile, 'old')
    const kubeconfig = await writeKubeconfig(directory, { server: server.url }, { tokenFile })
    const client = await connect({ server: undefined, kubeconfig })
    await client.raw('GET', '/version').catch(() => {})
    await writeFile(tokenFile, 'new')
    server.on('POST /x', refused, json({ done: true }))
    expect(await client.raw('POST', '/x', { body: {} })).toEqual({ done: true })
    expect(server.to('POST /x').map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new'])
  })

  test('that has not changed is no reason to ask again', async ({ server, directory, connect }) => {
    const tokenFile = join(directory, 'token')
    await writeFile(tokenFile, 'old')
    const kubeconfig = await writeKubeconfig(directory, { server: server.url }, { tokenFile })
    server.on(version, refused)
    const client = await connect({ server: undefined, kubeconfig })
    const error = await client.raw('GET', '/version').catch((caught) => caught)
    expect(error).toMatchObject({ name: 'ApiError', code: 401, suggestion: expect.stringContaining('Log in again') })
    expect(server.requests.length).toBe(1)
  })
})
