import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import fc from 'fast-check'
import { expect, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { frame, send, text } from '../support/commands.ts'
import { test as base } from '../support/fixtures.ts'
import { status } from '../support/replies.ts'

const route = 'GET /api/v1/namespaces/ns/pods/p/portforward'
const pod = { name: 'p' }
const announced = [frame(0, Buffer.from([0xeb, 0x0c])), frame(1, Buffer.from([0xeb, 0x0c]))]

const test = base.extend<{ open: () => Promise<Duplex> }>({
  open: async ({ server, client }, use) => {
    server.protocol = 'v4.channel.k8s.io'
    await use(() => client.portForward(pod, 3307))
  },
})

/** How a stream that is read fails. */
function failure(stream: Duplex): Promise<Error> {
  return text(stream).then(
    () => Promise.reject(new Error('it ended well')),
    (error) => error,
  )
}

test('asks for the port, and gives what is sent there without the number that comes first', async ({
  server,
  open,
}) => {
  server.onExec(send([...announced, frame(0, 'one '), frame(0, 'two')]))
  expect(await text(await open())).toBe('one two')
  const [request] = server.to(route)
  expect(request?.query.toString()).toBe('ports=3307')
  expect(request?.headers['sec-websocket-protocol']).toBe('v4.channel.k8s.io')
})

test('every byte arrives, however the frames are cut', async ({ server, open }) => {
  const cuts = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(cuts, async (parts) => {
      const content = Buffer.concat(parts)
      const whole = Buffer.concat([Buffer.from([0xeb, 0x0c]), ...parts])
      const pieces = parts.map((_, index) => whole.subarray(index * 7, index * 7 + 7))
      server.onExec(send([...pieces, whole.subarray(parts.length * 7)].map((piece) => frame(0, piece))))
      const received: Buffer[] = []
      for await (const chunk of await open()) received.push(chunk as Buffer)
      expect(Buffer.concat(received)).toEqual(content)
    }),
    { numRuns: 30 },
  )
})

test('what is written is sent as it is; its end closes the connection', async ({ server, open }) => {
  const received: Buffer[] = []
  const { promise: closed, resolve } = Promise.withResolvers<number>()
  server.onExec((socket) => {
    socket.on('message', (data: Buffer) => received.push(data)).on('close', resolve)
  })
  const stream = await open()
  const input = Buffer.from(Array.from({ length: 600_000 }, (_, index) => index % 256))
  stream.end(input)
  stream.resume()
  expect(await closed).toBe(1000)
  expect(received.every((data) => data[0] === 0)).toBe(true)
  expect(Buffer.concat(received.map((data) => data.subarray(1)))).toEqual(input)
})

test('a port that nobody listens on is told, with the port and the pod', async ({ server, open }) => {
  server.onExec(send([...announced, frame(1, 'connection '), frame(1, 'refused')]))
  const error = await failure(await open())
  expect(error).toMatchObject({ name: 'PortForwardError', message: 'port 3307 of pod ns/p: connection refused' })
})

test('a cut is no end', async ({ server, open }) => {
  server.onExec(send([...announced, frame(0, 'half')], 'cut'))
  expect(await failure(await open())).toMatchObject({ name: 'StreamCutError' })
})

test('a reader that rests holds the sender back', async ({ server, open }) => {
  let sent = 0
  server.onExec((socket) => {
    const data = frame(0, Buffer.alloc(32 * 1024))
    const next = () => {
      sent++
      if (sent < 2048) socket.send(data, next)
      else socket.close(1000)
    }
    next()
  })
  const stream = await open()
  stream.once('readable', () => {})
  let before = -1
  const still = () => {
    const same = before === sent
    before = sent
    return same && sent > 0
  }
  await expect.poll(still, { interval: 100 }).toBe(true)
  expect(sent).toBeLessThan(512)
  let bytes = 0
  for await (const chunk of stream) bytes += chunk.length
  expect(bytes).toBe(2047 * 32 * 1024 - 2)
})

test('destroying it, a signal and the end of the client each free the connection', async ({ server, client, open }) => {
  server.onExec(send(announced, 'stay'))
  const controller = new AbortController()
  const destroyed = await open()
  destroyed.destroy()
  const signalled = await client.portForward(pod, 1, { signal: controller.signal })
  const reason = new Error('enough')
  const told = once(signalled, 'error')
  controller.abort(reason)
  expect(await told).toEqual([reason])
  const last = once(await open(), 'error')
  await client.close()
  expect(await last).toMatchObject([{ message: 'the client has been closed' }])
  await expect.poll(() => server.connections.open).toBe(0)
})

test('a silent connection is cut after 61 s', async ({ server, open, onTestFinished }) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  server.onExec((socket: WebSocket) => void Object.assign(socket, { _autoPong: false }))
  const failed = failure(await open())
  vi.advanceTimersByTime(65_000)
  expect((await failed).message).toMatch(/nothing heard for 65000 ms/)
})

test('a refusal is the error of the API server, and another protocol is told', async ({ server, client, open }) => {
  server.on(route, status(403, 'Forbidden', 'pods "p" is forbidden'))
  await expect(open()).rejects.toMatchObject({ name: 'ApiError', reason: 'Forbidden' })
  server.protocol = 'v5.channel.k8s.io'
  const other = client.portForward({ name: 'q' }, 1)
  await expect(other).rejects.toMatchObject({
    name: 'ProtocolError',
    message: expect.stringContaining('for port-forward, not v4'),
  })
})

test.for([0, 65_536, 1.5, Number.NaN])('%s is no port', async (port, { client }) => {
  await expect(client.portForward(pod, port)).rejects.toThrow('is no port')
})
