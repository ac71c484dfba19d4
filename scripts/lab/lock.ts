import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { LabError } from './errors.ts'

/** How long a program on the lock's port may take to say that it is a lab. */
const greetingMilliseconds = 5000

export interface Lock {
  /** Tells those who wait what the holder is doing. */
  announce(step: string): void
  release(): Promise<void>
}

/**
 * Takes the lock of a lab's folder, after whoever holds it. The lock is a listening port on 127.0.0.1: the
 * kernel frees it when its holder dies, however it dies, so there is never a stale lock to clear by hand.
 * @param id the folder's id (eight hex digits), from which the port is derived
 * @param waiting called with what the holder is doing, at first and at each change
 * @throws {LabError} another program listens on the port
 */
export async function takeLock(id: string, waiting: (step: string) => void): Promise<Lock> {
  const port = portOf(id)
  for (;;) {
    const lock = await listen(id, port)
    if (lock) return lock
    await untilReleased(id, port, waiting)
  }
}

/** The port of 127.0.0.1 that stands for a folder: between 20000 and 29999, below the ephemeral ports. */
export function portOf(id: string): number {
  return 20_000 + (Number.parseInt(id, 16) % 10_000)
}

function greeting(id: string): string {
  return `kubectl-gc lab ${id}`
}

async function listen(id: string, port: number): Promise<Lock | undefined> {
  const waiters = new Set<Socket>()
  let step = 'starting'
  const server: Server = createServer((socket) => {
    waiters.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => waiters.delete(socket))
    socket.write(`${greeting(id)}\n${step}\n`)
  })
  const { promise, resolve, reject } = Promise.withResolvers<AddressInfo | undefined>()
  server.on('error', (error: NodeJS.ErrnoException) =>
    error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
  )
  server.listen({ port, host: '127.0.0.1' }, () => resolve(server.address() as AddressInfo))
  if ((await promise) === undefined) return undefined
  return {
    announce(now) {
      step = now
      for (const waiter of waiters) waiter.write(`${now}\n`)
    },
    async release() {
      for (const waiter of waiters) waiter.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Resolves when the holder's connection ends, which is when it released the lock or died. */
async function untilReleased(id: string, port: number, waiting: (step: string) => void): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  socket.setTimeout(greetingMilliseconds, () => socket.destroy())
  let greeted = false
  let connected = false
  socket.on('connect', () => {
    connected = true
  })
  const ended = new Promise<void>((done) => socket.on('close', () => done()))
  createInterface({ input: socket })
    .on('error', () => undefined)
    .on('line', (line) => {
      if (greeted) return waiting(line)
      if (line !== greeting(id)) return socket.destroy()
      greeted = true
      socket.setTimeout(0)
    })
  await ended
  if (connected && !greeted && !(await isFree(port))) {
    throw new LabError(
      `Port ${port} of 127.0.0.1, which guards the lab's folder, is used by another program. Stop it, or set KUBECTL_GC_LAB_DIR to another folder.`,
    )
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = connect({ port, host: '127.0.0.1' })
  return new Promise((done) => {
    probe.on('connect', () => {
      probe.destroy()
      done(false)
    })
    probe.on('error', () => done(true))
  })
}
