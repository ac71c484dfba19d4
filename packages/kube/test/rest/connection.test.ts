import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect } from 'vitest'
import { ConnectionError } from '../../src/index.ts'
import { configMaps, test } from '../support/fixtures.ts'

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  )

test('a refused connection names the server, says why and fails at once', async ({ server, connect }) => {
  const client = await connect()
  const { url } = server
  await server.close()
  const error = await failure(client.list(configMaps))
  expect(error).toMatchObject({
    name: 'ConnectionError',
    message: `cannot reach the API server ${url}: connection refused`,
    sent: false,
  })
  expect(error.cause.code).toBe('ECONNREFUSED')
  expect(error.suggestion).toContain('kubectl cluster-info')
})

test('a name that does not resolve is said to be one', async ({ connect }) => {
  const client = await connect({ server: 'https://no-such-host.invalid' })
  expect(await failure(client.list(configMaps))).toMatchObject({
    name: 'ConnectionError',
    message: expect.stringMatching(/no such host|cannot be resolved/),
  })
})

test('a server that takes connections and stays silent in the handshake ends at the connect timeout', async ({
  connect,
  onTestFinished,
}) => {
  const sockets: Socket[] = []
  const mute = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
  await once(mute, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    mute.close()
  })
  const { port } = mute.address() as AddressInfo
  const client = await connect({ server: `https://127.0.0.1:${port}`, connectTimeout: 50, requestTimeout: 60_000 })
  const error = await failure(client.list(configMaps))
  expect(error).toBeInstanceOf(ConnectionError)
  expect(error.message).toContain('no connection within 50 ms')
  expect(error.sent).toBe(false)
})
