import { once } from 'node:events'
import { describe, expect, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { failure, frame, pod, route, run, send, success, text } from '../support/commands.ts'
import { test } from '../support/fixtures.ts'

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

describe('a quiet command', () => {
  test('is not taken for ended by the empty frames that the server begins with', async ({
    server,
    client,
    onTestFinished,
  }) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    let command: WebSocket | undefined
    server.onExec((socket, request) => {
      command = socket
      send([frame(1), frame(2), frame(3), frame(1, 'ready')], 'stay')(socket, request)
    })
    const stream = await client.exec(pod, run)
    await once(stream.stdout, 'data')
    vi.advanceTimersByTime(3_600_000)
    command?.send(failure('4'))
    command?.close()
    expect(await stream.exit).toBe(4)
  })

  test('has ended when its status has come and the server forgets to close', async ({
    server,
    client,
    onTestFinished,
  }) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    server.onExec(send([failure('4'), frame(1, 'late')], 'stay'))
    const stream = await client.exec(pod, run)
    await once(stream.stdout, 'data')
    vi.advanceTimersByTime(10_000)
    expect(await stream.exit).toBe(4)
    await expect.poll(() => server.connections.open).toBe(0)
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
