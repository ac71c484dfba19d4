import type { Readable } from 'node:stream'
import { describe, expect, vi } from 'vitest'
import type { WebSocket } from 'ws'
import type { ExecOptions } from '../../src/index.ts'
import type { ExecScript } from '../support/fault-server.ts'
import { test } from '../support/fixtures.ts'
import { status } from '../support/replies.ts'

const route = 'GET /api/v1/namespaces/ns/pods/p/exec'
const pod = { name: 'p' }
const run: ExecOptions = { command: ['run'] }

const frame = (channel: number, data: string | Buffer = '') =>
  Buffer.concat([Buffer.from([channel]), Buffer.from(data)])
const success = frame(3, JSON.stringify({ status: 'Success' }))
const failure = (code: string) =>
  frame(
    3,
    JSON.stringify({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: code }] },
    }),
  )

/** Sends the frames, then closes in order, or cuts. */
const send =
  (frames: Buffer[], then: 'close' | 'cut' | 'stay' = 'close'): ExecScript =>
  (socket) => {
    for (const data of frames) socket.send(data)
    if (then === 'close') socket.close(1000)
    if (then === 'cut') socket.ping('', true, () => socket.terminate())
  }

async function text(stream: Readable): Promise<string> {
  let result = ''
  for await (const chunk of stream) result += chunk
  return result
}

describe('a command', () => {
  test('is asked for with its words, container and streams', async ({ server, client }) => {
    server.onExec(send([success]))
    const { exit } = await client.exec(pod, { command: ['sh', '-c', 'a b&c'], container: 'main', stdin: true })
    await exit
    const [request] = server.to(route)
    expect(request?.query.getAll('command')).toEqual(['sh', '-c', 'a b&c'])
    expect(request?.query.toString()).toContain('container=main&stdin=true&stdout=true&stderr=true&tty=false')
    expect(request?.headers['sec-websocket-protocol']).toBe('v5.channel.k8s.io')
    expect(request?.headers['sec-websocket-extensions']).toBeUndefined()
  })

  test('gives its outputs apart, and 0', async ({ server, client }) => {
    server.onExec(send([frame(1), frame(2), frame(1, 'out'), frame(2, 'err'), frame(1, 'put'), success]))
    const stream = await client.exec(pod, run)
    expect(await Promise.all([text(stream.stdout), text(stream.stderr), stream.exit])).toEqual(['output', 'err', 0])
  })

  test.for([1, 7, 137, 255])('gives exit code %i', async (code, { server, client }) => {
    server.onExec(send([failure(String(code))]))
    expect(await (await client.exec(pod, run)).exit).toBe(code)
  })

  test('still delivers what comes after the status', async ({ server, client }) => {
    server.onExec(send([frame(1, 'early '), success, frame(1, 'late')]))
    const stream = await client.exec(pod, run)
    expect([await text(stream.stdout), await stream.exit]).toEqual(['early late', 0])
  })

  test('has its outputs kept until they are read, after its exit too', async ({ server, client }) => {
    server.onExec(send([frame(1, 'out'), success]))
    const stream = await client.exec(pod, run)
    expect(await stream.exit).toBe(0)
    expect(await text(stream.stdout)).toBe('out')
  })

  test('takes a status in pieces', async ({ server, client }) => {
    server.onExec(send([frame(3, '{"status":'), frame(3, '"Success"}')]))
    expect(await (await client.exec(pod, run)).exit).toBe(0)
  })

  test('gets its input byte for byte, its end, and the size of the terminal', async ({ server, client }) => {
    const received: Buffer[] = []
    server.onExec((socket) => {
      socket.on('message', (data: Buffer) => {
        received.push(data)
        if (data[0] === 255) send([success])(socket, server.requests[0] as never)
      })
    })
    const stream = await client.exec(pod, { ...run, stdin: true, tty: true })
    stream.resize(120, 40)
    const input = Buffer.from(Array.from({ length: 600_000 }, (_, index) => index % 256))
    stream.stdin.write(input)
    stream.stdin.end()
    expect(await stream.exit).toBe(0)
    expect(received[0]).toEqual(frame(4, '{"Width":120,"Height":40}'))
    expect(received.at(-1)).toEqual(Buffer.from([255, 0]))
    expect(Buffer.concat(received.slice(1, -1).map((data) => data.subarray(1)))).toEqual(input)
    expect(server.requests[0]?.query.get('stderr')).toBe('false')
  })
})

describe('an outcome that nobody knows is never a success:', () => {
  const strange = [
    ['a cut before the status', send([frame(1, 'some')], 'cut')],
    ['an orderly close before the status', send([frame(1, 'some')])],
    ['half a status', send([frame(3, '{"status":"Succ')])],
    ['a status that is not JSON', send([frame(3, 'oops')])],
    ['an empty status', send([frame(3, '{}')])],
    ['a status of null', send([frame(3, 'null')])],
    ['an exit code that is no number', send([failure('many')])],
    ['a failure without its exit code', send([frame(3, '{"status":"Failure","reason":"NonZeroExitCode"}')])],
  ] as const
  test.for(strange)('%s', async ([, script], { server, client }) => {
    server.onExec(script)
    const stream = await client.exec(pod, run)
    const error = await stream.exit.catch((caught) => caught)
    expect(error).toMatchObject({ name: 'StreamCutError', suggestion: expect.stringContaining('may have run') })
    expect(error.message).toContain('pod ns/p')
  })

  test('a reader gets what came, then the error', async ({ server, client }) => {
    server.onExec(send([frame(1, 'some')], 'cut'))
    const { stdout } = await client.exec(pod, run)
    const seen: string[] = []
    const reading = (async () => {
      for await (const chunk of stdout) seen.push(String(chunk))
    })()
    await expect(reading).rejects.toMatchObject({ name: 'StreamCutError' })
    expect(seen).toEqual(['some'])
  })

  test('a cut after the status does not matter', async ({ server, client }) => {
    server.onExec(send([frame(1, 'all'), failure('3')], 'cut'))
    const stream = await client.exec(pod, run)
    expect([await text(stream.stdout), await stream.exit]).toEqual(['all', 3])
  })

  test('a silent connection is cut after 61 s', async ({ server, client, onTestFinished }) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    let pings = 0
    server.onExec((socket) => {
      Object.assign(socket, { _autoPong: false })
      socket.on('ping', () => pings++)
    })
    const stream = await client.exec(pod, run)
    for (let expected = 1; expected <= 12; expected++) {
      vi.advanceTimersByTime(5000)
      await expect.poll(() => pings).toBe(expected)
    }
    vi.advanceTimersByTime(5000)
    await expect(stream.exit).rejects.toThrow(/nothing heard for 65000 ms/)
  })

  test('pongs keep a quiet connection', async ({ server, client, onTestFinished }) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    let command: WebSocket | undefined
    let pings = 0
    server.onExec((socket) => {
      command = socket
      socket.on('ping', () => pings++)
    })
    const stream = await client.exec(pod, run)
    for (let expected = 1; expected <= 30; expected++) {
      vi.advanceTimersByTime(5000)
      await expect.poll(() => pings, { interval: 2 }).toBe(expected)
    }
    command?.send(success)
    command?.close()
    expect(await stream.exit).toBe(0)
  })
})

describe('a refusal', () => {
  test('after the upgrade is the API error that the status tells', async ({ server, client }) => {
    const said = { status: 'Failure', code: 500, reason: 'InternalError', message: 'container not found ("c")' }
    server.onExec(send([frame(3, JSON.stringify(said))]))
    const stream = await client.exec(pod, run)
    await expect(stream.exit).rejects.toMatchObject({ name: 'ApiError', code: 500, message: said.message })
  })

  test.for([
    [400, 'BadRequest', 'pod p does not have a host assigned'],
    [404, 'NotFound', 'pods "p" not found'],
  ] as const)('of the upgrade with %i is its Status', async ([code, reason, message], { server, client }) => {
    server.on(route, status(code, reason, message))
    await expect(client.exec(pod, run)).rejects.toMatchObject({ name: 'ApiError', code, reason, message })
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('for want of permission names both verbs', async ({ server, client }) => {
    const said = 'pods "p" is forbidden: User "u" cannot get resource "pods/exec" in API group "" in the namespace "ns"'
    server.on(route, status(403, 'Forbidden', said))
    const error = await client.exec(pod, run).catch((caught) => caught)
    expect(error.suggestion).toMatch(/get and create on pods\/exec/)
  })

  test.for([
    ['v4.channel.k8s.io', /v4\.channel\.k8s\.io/],
    [false, /no protocol/],
  ] as const)('by a server that offers %s names it', async ([protocol, pattern], { server, client }) => {
    server.protocol = protocol
    const error = await client.exec(pod, run).catch((caught) => caught)
    expect(error).toMatchObject({ name: 'ProtocolError', message: expect.stringMatching(pattern) })
    expect(error.suggestion).toContain('1.30')
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('by nobody being there is a connection error', async ({ server, client }) => {
    await server.close()
    await expect(client.exec(pod, run)).rejects.toMatchObject({ name: 'ConnectionError', sent: false })
  })

  test('of an empty command comes before anything is sent', async ({ server, client }) => {
    await expect(client.exec(pod, { command: [] })).rejects.toThrow('exec needs a command')
    expect(server.requests).toEqual([])
  })
})

describe('ending early', () => {
  test('close drops the connection, and the outcome is unknown', async ({ server, client }) => {
    server.onExec(send([], 'stay'))
    const stream = await client.exec(pod, run)
    stream.close()
    await expect(stream.exit).rejects.toMatchObject({ name: 'StreamCutError' })
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test("a signal drops the connection with the signal's reason", async ({ server, client }) => {
    server.onExec(send([], 'stay'))
    const controller = new AbortController()
    const stream = await client.exec(pod, { ...run, signal: controller.signal })
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(stream.exit).rejects.toBe(reason)
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('so does closing the client', async ({ server, client }) => {
    server.onExec(send([], 'stay'))
    const stream = await client.exec(pod, run)
    await client.close()
    await expect(stream.exit).rejects.toThrow('the client has been closed')
    await expect.poll(() => server.connections.open).toBe(0)
  })

  test('an upgrade that is not answered ends at the connect timeout', async ({ server, client }) => {
    server.on(route, () => {})
    await expect(client.exec(pod, { ...run, connectTimeout: 50 })).rejects.toMatchObject({ name: 'TimeoutError' })
    await expect.poll(() => server.connections.open).toBe(0)
  })
})
