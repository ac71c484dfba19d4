import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, vi } from 'vitest'
import { runningBrokers } from '../../src/broker/running-brokers.ts'
import { ApiServer } from './api-server.ts'
import { ended, type Processes, test } from './processes.ts'

const running = { exitCode: 0, stdout: 'mayor\n', stderr: '' }
const list = ['list-running', '']

/** Begins a call whose request the API server does not answer, and waits until it is there. */
async function beginHanging({ server, start }: { server: ApiServer; start: () => Promise<unknown> }) {
  server.mode = 'hang'
  server.requests.length = 0
  const result = start()
  await vi.waitUntil(() => server.requests.length > 0, 30_000)
  return result
}

async function warm(processes: Processes) {
  const { pid } = await processes.warmUp()
  return pid
}

describe('a broker', { concurrent: true, timeout: 60_000 }, () => {
  test('is left behind by a verb whose caller reads its pipes to their end and kills its process group', async ({
    processes,
    expect,
  }) => {
    await expect
      .poll(
        async () => {
          const child = processes.start(list, { detached: true })
          const began = performance.now()
          expect(await ended(child)).toEqual(running)
          expect(performance.now() - began).toBeLessThan(8000)
          expect(() => process.kill(-(child.pid ?? 0), 'SIGKILL')).toThrow('ESRCH')
          return processes.sockets.length
        },
        { timeout: 15_000 },
      )
      .toBe(1)
    const before = (await processes.status())?.requests ?? Number.NaN
    expect(await processes.run(list)).toEqual(running)
    expect((await processes.status())?.requests).toBe(before + 1)
  })

  test('is one, however many verbs come first', async ({ processes, expect }) => {
    const rounds = async () => {
      await Promise.all(Array.from({ length: 4 }, () => processes.run(list)))
      return processes.sockets.length
    }
    await expect.poll(rounds, { timeout: 15_000 }).toBe(1)
    await expect.poll(() => processes.brokers().length).toBe(1)
  })

  test('that was killed leaves a socket, which the next verb sees through and the next broker takes', async ({
    processes,
    expect,
  }) => {
    const pid = await warm(processes)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => processes.brokers()).toEqual([])
    expect(processes.sockets.length).toBe(1)
    expect(await processes.run(list)).toEqual(running)
    await expect.poll(async () => (await processes.status())?.pid).toEqual(expect.any(Number))
    expect((await processes.status())?.pid).not.toBe(pid)
  })

  test('that is killed in the middle of a read: the verb goes directly', async ({ processes, expect }) => {
    const pid = await warm(processes)
    const { server } = processes
    const reading = { begun: undefined as Promise<unknown> | undefined }
    await beginHanging({
      server,
      start: async () => {
        reading.begun = processes.run(list)
      },
    })
    server.mode = 'answer'
    process.kill(pid, 'SIGKILL')
    expect(await reading.begun).toEqual(running)
  })

  test('that is killed in the middle of a write: the verb says that nobody knows', async ({ processes, expect }) => {
    const pid = await warm(processes)
    const { server } = processes
    const writing = { begun: undefined as Promise<unknown> | undefined }
    await beginHanging({
      server,
      start: async () => {
        writing.begun = processes.run(['nudge', 'mayor'], 'hello')
      },
    })
    process.kill(pid, 'SIGKILL')
    expect(await writing.begun).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^gc-session-k8s: .*nudge may have been carried out\nTry: /),
    })
  })

  test('calls off what a verb has asked for once that is killed', async ({ processes }) => {
    await warm(processes)
    const child = processes.start(list)
    await beginHanging({ server: processes.server, start: async () => child })
    child.kill('SIGKILL')
    await processes.server.left
  })

  test('does as a verb that gets SIGTERM says: the call ends, in the same words as without a broker', async ({
    processes,
    expect,
  }) => {
    await warm(processes)
    const child = processes.start(list)
    const result = ended(child)
    await beginHanging({ server: processes.server, start: async () => child })
    child.kill('SIGTERM')
    expect(await result).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'gc-session-k8s: list-running: ended by SIGTERM\n',
    })
  })

  test('says so when the API server refuses or does not answer, whatever it remembers', async ({
    processes,
    expect,
  }) => {
    await warm(processes)
    const { server } = processes
    server.mode = 'fail'
    expect(await processes.run(list)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('forbidden') })
    server.mode = 'hang'
    processes.env = { GC_K8S_TIMEOUT: '1s' }
    const alive = await processes.run(['process-alive', 'mayor'], 'sh')
    expect(alive.stderr).toContain(
      `cannot reach session "mayor": no answer within 1 s from the API server ${server.url}`,
    )
    expect(await processes.run(list)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('within 1 s') })
  })

  test('never answers for a kubeconfig that it has not read', async ({ processes, expect }) => {
    await warm(processes)
    await using other = await ApiServer.open()
    other.put('elsewhere')
    processes.configure(other.url)
    expect(await processes.run(list)).toEqual({ ...running, stdout: 'elsewhere\n' })
  })

  test('leaves when nobody has needed it for a while, and takes its socket along', async ({ processes, expect }) => {
    processes.env = { GC_K8S_BROKER_IDLE: '1s' }
    await warm(processes)
    await expect.poll(() => processes.brokers()).toEqual([])
    expect(processes.sockets).toEqual([])
  })

  test('leaves when its socket is taken away, so that it is not in the way of another', async ({
    processes,
    folder,
    expect,
  }) => {
    await warm(processes)
    rmSync(folder, { recursive: true })
    await expect.poll(() => processes.brokers()).toEqual([])
  })

  test('outlives a stranger on its socket', async ({ processes, expect }) => {
    await warm(processes)
    for (const noise of ['GET / HTTP/1.1\r\n\r\n', Buffer.from([2, 0, 0, 0, 1, 0x7b]), '']) {
      const socket = connect(processes.sockets[0] ?? '')
      socket.on('error', () => {})
      socket.resume()
      socket.end(noise)
      await once(socket, 'close')
    }
    const before = (await processes.status())?.requests ?? 0
    expect(await processes.run(list)).toEqual(running)
    expect((await processes.status())?.requests).toBe(before + 1)
  })

  test('is not started, and not used, with GC_K8S_BROKER=off', async ({ processes, expect }) => {
    await warm(processes)
    const before = await processes.status()
    processes.env = { GC_K8S_BROKER: 'off' }
    expect(await processes.run(list)).toEqual(running)
    expect((await processes.status())?.requests).toBe(before?.requests)
  })
})

test('brokers tell of themselves, and leave when they are asked to', async ({ processes, folder, expect }) => {
  const { pid } = await processes.warmUp()
  const [broker, ...others] = await runningBrokers({ XDG_RUNTIME_DIR: folder })
  expect(others).toEqual([])
  expect(broker?.status).toMatchObject({ pid, server: processes.server.url, sessions: 1, streams: 0 })
  await broker?.stop()
  await expect.poll(() => processes.brokers()).toEqual([])
  expect(await runningBrokers({ XDG_RUNTIME_DIR: folder })).toEqual([])
  expect(await processes.run(list)).toEqual(running)
})
