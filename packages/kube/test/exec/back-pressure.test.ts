import { expect } from 'vitest'
import type { WebSocket } from 'ws'
import { test } from '../support/fixtures.ts'

const pod = { name: 'p' }
const piece = 32 * 1024
const pieces = 2048

test('a reader that rests holds the sender back, and misses nothing', async ({ server, client }) => {
  let sent = 0
  server.onExec((socket) => {
    const data = Buffer.alloc(piece + 1, 1)
    const next = () => {
      if (sent < pieces) {
        sent++
        socket.send(data, next)
      } else {
        socket.send(Buffer.from(`\x03${JSON.stringify({ status: 'Success' })}`))
        socket.close()
      }
    }
    next()
  })
  const stream = await client.exec(pod, { command: ['flood'] })
  const stalled = await settled(() => sent)
  expect(stalled).toBeLessThan(pieces / 4)

  let bytes = 0
  for await (const chunk of stream.stdout) bytes += chunk.length
  expect(bytes).toBe(piece * pieces)
  expect(await stream.exit).toBe(0)
})

test('an output that its reader destroys holds nothing back', async ({ server, client }) => {
  server.onExec((socket) => {
    for (let i = 0; i < 100; i++) socket.send(Buffer.alloc(piece + 1, 2))
    socket.send(Buffer.from(`\x03${JSON.stringify({ status: 'Success' })}`))
    socket.close()
  })
  const stream = await client.exec(pod, { command: ['flood'] })
  stream.stderr.destroy()
  expect(await stream.exit).toBe(0)
})

test('a command that does not read holds the writer back', async ({ server, client }) => {
  let command: WebSocket | undefined
  server.onExec((socket) => {
    command = socket
    socket.pause()
  })
  const stream = await client.exec(pod, { command: ['sleep'], stdin: true })
  let accepted = 0
  const data = Buffer.alloc(piece)
  const next = () => {
    if (accepted < pieces)
      stream.stdin.write(data, () => {
        accepted++
        next()
      })
  }
  next()
  expect(await settled(() => accepted)).toBeLessThan(pieces / 2)
  let received = 0
  command?.on('message', (frame: Buffer) => {
    received += frame.length - 1
  })
  command?.resume()
  await expect.poll(() => received, { timeout: 10_000 }).toBe(piece * pieces)
})

/** The value once it has stopped changing. */
async function settled(read: () => number): Promise<number> {
  let before = -1
  await expect
    .poll(
      () => {
        const same = read() === before && before > 0
        before = read()
        return same
      },
      { interval: 100, timeout: 10_000 },
    )
    .toBe(true)
  return before
}
