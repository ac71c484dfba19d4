import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { expect } from 'vitest'
import type { Cluster, User } from '../../src/identity/kubeconfig.ts'
import type { ClientOptions } from '../../src/index.ts'
import { base64, selfSigned } from '../support/certificates.ts'
import { FaultServer, type Reply } from '../support/fault-server.ts'
import { test as base } from '../support/fixtures.ts'
import { writeKubeconfig } from '../support/kubeconfig.ts'
import { json, status } from '../support/replies.ts'

const api = selfSigned('api.test')
const alice = selfSigned('alice')
const bob = selfSigned('bob')
const ca = { 'certificate-authority-data': base64(api.cert) }

interface Tls {
  secure: FaultServer
  connectTls: (cluster: Cluster, user?: User, options?: ClientOptions) => Promise<import('../../src/index.ts').Client>
}

const test = base.extend<Tls>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures a function needs from its pattern
  secure: async ({}, use) => {
    const server = await new FaultServer({ ...api, requestCert: true }).listen()
    server.on('GET /whoami', whoami)
    await use(server)
    await server.close()
  },
  connectTls: async ({ secure, directory, connect }, use) => {
    await use(async (cluster, user, options) => {
      const kubeconfig = await writeKubeconfig(directory, { server: secure.url, ...cluster }, user)
      return connect({ server: undefined, kubeconfig, ...options })
    })
  },
})

const peer = (socket: TLSSocket) => socket.getPeerCertificate().subject?.CN ?? 'nobody'
const whoami: Reply = (response, request) => json(peer(response.socket as TLSSocket))(response, request)

test('a hundred requests in a row make one TLS connection', async ({ secure, connectTls }) => {
  const client = await connectTls(ca)
  for (let i = 0; i < 100; i++) await client.raw('GET', '/whoami')
  expect(secure.connections.opened).toBe(1)
})

test('an exec takes an idle connection over, and later requests make another', async ({ secure, connectTls }) => {
  const client = await connectTls(ca)
  secure.onExec((socket) => {
    socket.send(Buffer.from('\x03{"status":"Success"}'))
    socket.close()
  })
  await client.raw('GET', '/whoami')
  expect(await (await client.exec({ name: 'p' }, { command: ['x'] })).exit).toBe(0)
  expect(secure.connections.opened).toBe(1)
  await client.raw('GET', '/whoami')
  expect(secure.connections.opened).toBe(2)
})

test('a client certificate may be data or files', async ({ connectTls, directory }) => {
  const asData = { 'client-certificate-data': base64(alice.cert), 'client-key-data': base64(alice.key) }
  expect(await (await connectTls(ca, asData)).raw('GET', '/whoami')).toBe('alice')
  await writeFile(join(directory, 'b.crt'), bob.cert)
  await writeFile(join(directory, 'b.key'), bob.key)
  const asFiles = { 'client-certificate': 'b.crt', 'client-key': 'b.key' }
  expect(await (await connectTls(ca, asFiles)).raw('GET', '/whoami')).toBe('bob')
})

test('a rotated certificate file is taken up when the old one is refused', async ({
  secure,
  connectTls,
  directory,
}) => {
  const [cert, key] = [join(directory, 'c.crt'), join(directory, 'c.key')]
  await writeFile(cert, alice.cert)
  await writeFile(key, alice.key)
  const client = await connectTls(ca, { 'client-certificate': cert, 'client-key': key })
  expect(await client.raw('GET', '/whoami')).toBe('alice')
  await writeFile(cert, bob.cert)
  await writeFile(key, bob.key)
  secure.on('GET /whoami', status(401, 'Unauthorized', 'expired'), whoami)
  expect(await client.raw('GET', '/whoami')).toBe('bob')
})

test.for<[string, Cluster, ClientOptions]>([
  ['its own authority', ca, {}],
  ['no verification at all', { 'insecure-skip-tls-verify': true }, {}],
  ['no verification, by option', { 'certificate-authority-data': base64(alice.cert) }, { insecureSkipTlsVerify: true }],
  ['the name that it should have', { ...ca, 'tls-server-name': 'api.test' }, {}],
])('a server is trusted with %s', async ([, cluster, options], { connectTls }) => {
  expect(await (await connectTls(cluster, {}, options)).raw('GET', '/whoami')).toBe('nobody')
})

test.for<[string, Cluster, RegExp]>([
  ['of no known authority', {}, /not trusted \(self-signed\)/],
  ['of another authority', { 'certificate-authority-data': base64(alice.cert) }, /not trusted|certificate/],
  ['with another name', { ...ca, 'tls-server-name': 'other.test' }, /other\.test/],
])('a server %s is refused before anything is sent', async ([, cluster, pattern], { secure, connectTls }) => {
  const error = await (await connectTls(cluster)).raw('GET', '/whoami').catch((caught) => caught)
  expect(error).toMatchObject({ name: 'ConnectionError', sent: false, message: expect.stringMatching(pattern) })
  expect((error as Error).message).toContain(secure.url)
  expect((error as { suggestion?: string }).suggestion).toContain('certificate-authority')
  expect(secure.requests).toEqual([])
})

test('a server of no known authority refuses exec in the same words', async ({ connectTls }) => {
  const opened = (await connectTls({})).exec({ name: 'p' }, { command: ['x'] })
  await expect(opened).rejects.toMatchObject({
    name: 'ConnectionError',
    message: expect.stringContaining('not trusted'),
  })
})
