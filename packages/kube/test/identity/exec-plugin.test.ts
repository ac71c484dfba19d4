import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, vi } from 'vitest'
import type { Cluster, ExecPlugin } from '../../src/identity/kubeconfig.ts'
import { test as base } from '../support/fixtures.ts'
import { writeKubeconfig } from '../support/kubeconfig.ts'
import { json, status } from '../support/replies.ts'

const v1 = 'client.authentication.k8s.io/v1'
const version = 'GET /version'
const refused = status(401, 'Unauthorized', 'Unauthorized')

interface Plugin {
  /** Makes a client whose plugin runs this shell script; `$n` in it is how often it has run. */
  connectWith: (script: string, stanza?: ExecPlugin, cluster?: Cluster) => Promise<import('../../src/index.ts').Client>
  /** What KUBERNETES_EXEC_INFO held on each run. */
  runs: () => Promise<
    { apiVersion: string; spec: { interactive: boolean; cluster?: Cluster & { config?: unknown } } }[]
  >
}

const test = base.extend<Plugin>({
  connectWith: async ({ server, directory, connect }, use) => {
    await use(async (script, stanza = {}, cluster = {}) => {
      const command = join(directory, 'plugin')
      const log = join(directory, 'log')
      await writeFile(
        command,
        `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >>${log}\nn=$(wc -l <${log} | tr -d ' ')\n${script}\n`,
      )
      await chmod(command, 0o755)
      await writeFile(log, '')
      const exec: ExecPlugin = { apiVersion: v1, command: './plugin', interactiveMode: 'Never', ...stanza }
      const kubeconfig = await writeKubeconfig(directory, { server: server.url, ...cluster }, { exec })
      return connect({ server: undefined, kubeconfig, env: { PATH: process.env.PATH } })
    })
  },
  runs: async ({ directory }, use) => {
    await use(async () => {
      const lines = (await readFile(join(directory, 'log'), 'utf8')).trim().split('\n')
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
    })
  },
})

const print = (credential: string, apiVersion = v1) =>
  `echo '{"kind":"ExecCredential","apiVersion":"${apiVersion}","status":{'"${credential.replaceAll('"', '\\"')}"'}}'`
const token = print('"token":"t$n"')

describe('a credential plugin', () => {
  test('runs once for ten requests at a time, and not again for later ones', async ({ server, connectWith, runs }) => {
    const client = await connectWith(token)
    server.on(version, json({}))
    await Promise.all(Array.from({ length: 10 }, () => client.raw('GET', '/version')))
    await client.raw('GET', '/version')
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(Array(11).fill('Bearer t1'))
    expect((await runs()).length).toBe(1)
  })

  test('runs again once when its token is refused, however many requests were', async ({
    server,
    connectWith,
    runs,
  }) => {
    const client = await connectWith(token)
    server.on(version, (response, request) => {
      const reply = request.headers.authorization === 'Bearer t1' ? refused : json({})
      reply(response, request)
    })
    await Promise.all(Array.from({ length: 10 }, () => client.raw('GET', '/version')))
    expect((await runs()).length).toBe(2)
  })

  test('does not run for a refusal of credentials that have been renewed since', async ({
    server,
    connectWith,
    runs,
  }) => {
    const client = await connectWith(token)
    let refuseLate: (() => void) | undefined
    server.on('GET /slow', (response, request) => {
      refuseLate = () => refused(response, request)
      server.on('GET /slow', json({}))
    })
    server.on(version, refused, json({}))
    const slow = client.raw('GET', '/slow')
    await expect.poll(() => refuseLate).toBeDefined()
    await client.raw('GET', '/version')
    refuseLate?.()
    await slow
    expect((await runs()).length).toBe(2)
  })

  test('is asked once more, and then a refusal stands', async ({ server, connectWith, runs }) => {
    const client = await connectWith(token)
    server.on(version, refused)
    await expect(client.raw('GET', '/version')).rejects.toMatchObject({ name: 'ApiError', code: 401 })
    expect([server.requests.length, (await runs()).length]).toEqual([2, 2])
  })

  test('renews the token of a refused exec', async ({ server, connectWith }) => {
    const client = await connectWith(token)
    server.on('GET /api/v1/namespaces/default/pods/p/exec', refused, undefined as never)
    server.onExec((socket) => {
      socket.send(Buffer.from('\x03{"status":"Success"}'))
      socket.close()
    })
    const stream = await client.exec({ name: 'p', namespace: 'default' }, { command: ['x'] })
    expect(await stream.exit).toBe(0)
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2'])
  })

  test('runs again shortly before its token expires', async ({ server, connectWith, runs, onTestFinished }) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const expiry = new Date(Date.now() + 3_600_000).toISOString()
    const client = await connectWith(print(`"token":"t$n","expirationTimestamp":"${expiry}"`))
    server.on(version, json({}))
    await client.raw('GET', '/version')
    vi.advanceTimersByTime(3_530_000)
    await client.raw('GET', '/version')
    expect((await runs()).length).toBe(1)
    vi.advanceTimersByTime(20_000)
    await client.raw('GET', '/version')
    expect((await runs()).length).toBe(2)
  })

  test.for([v1, 'client.authentication.k8s.io/v1beta1'])(
    'is told of the cluster when it wants to, in %s',
    async (apiVersion, { server, connectWith, runs }) => {
      const stanza = { apiVersion, provideClusterInfo: true }
      const extensions = [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } }]
      const client = await connectWith(print('"token":"t$n"', apiVersion), stanza, { extensions })
      server.on(version, json({}))
      await client.raw('GET', '/version')
      const [info] = await runs()
      expect(info).toMatchObject({ kind: 'ExecCredential', apiVersion, spec: { interactive: false } })
      expect(info?.spec.cluster?.config).toEqual({ audience: 'x' })
      expect(info?.spec.cluster?.server).toBe(`${server.url}/`)
    },
  )

  test('gets the environment of its stanza and its arguments', async ({ server, connectWith }) => {
    const stanza = { args: ['a b'], env: [{ name: 'WHO', value: 'me' }] }
    const client = await connectWith(print('"token":"$WHO-$1"'), stanza)
    server.on(version, json({}))
    await client.raw('GET', '/version')
    expect(server.requests[0]?.headers.authorization).toBe('Bearer me-a b')
  })
})

describe('a plugin that fails', () => {
  test.for<[string, string, ExecPlugin, RegExp]>([
    ['with its complaint', 'echo "no session" >&2; exit 3', {}, /ended with exit code 3: no session/],
    ['by printing prose', 'echo hello', {}, /printed no ExecCredential/],
    ['by printing null', 'echo null', {}, /printed undefined of undefined/],
    [
      'by another version',
      print('"token":"t"', 'client.authentication.k8s.io/v1beta1'),
      {},
      /v1beta1, not client.authentication.k8s.io\/v1/,
    ],
    ['without credentials', print('"token":""'), {}, /neither a token nor a certificate/],
    ['with a strange expiry', print('"token":"t","expirationTimestamp":"soon"'), {}, /no date as expiry: soon/],
    ['for want of a terminal', token, { interactiveMode: 'Always' }, /needs a terminal/],
    ['by not being installed', token, { command: 'no-such-plugin' }, /no-such-plugin: it is not installed/],
  ])('%s is a CredentialError', async ([, script, stanza, pattern], { server, connectWith }) => {
    const client = await connectWith(script, stanza)
    const error = await client.raw('GET', '/version').catch((caught) => caught)
    expect(error).toMatchObject({ name: 'CredentialError', message: expect.stringMatching(pattern) })
    expect(server.requests).toEqual([])
  })

  test('passes on how to install it', async ({ connectWith }) => {
    const client = await connectWith('', { command: 'no-such-plugin', installHint: 'brew install it' })
    await expect(client.raw('GET', '/version')).rejects.toMatchObject({ suggestion: 'brew install it' })
  })

  test('may succeed when it is asked again', async ({ server, connectWith }) => {
    const client = await connectWith(`[ $n -gt 1 ] || exit 1\n${token}`)
    server.on(version, json({}))
    await expect(client.raw('GET', '/version')).rejects.toMatchObject({ name: 'CredentialError' })
    expect(await client.raw('GET', '/version')).toEqual({})
  })

  test('of a version that nobody speaks any more is refused before it runs', async ({ connectWith }) => {
    const stanza = { apiVersion: 'client.authentication.k8s.io/v1alpha1' }
    await expect(connectWith(token, stanza)).rejects.toMatchObject({
      name: 'CredentialError',
      message: expect.stringContaining('v1alpha1'),
    })
  })
})
