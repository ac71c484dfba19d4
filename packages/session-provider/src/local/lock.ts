import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * Runs an action while no other process of this machine runs one for the same folder. The lock is a socket in Linux's
 * abstract namespace: it goes with the process that holds it, however that ends.
 */
export async function locked<T>(folder: string, signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  const address = `\0kubectl-gc-${createHash('sha256').update(folder).digest('hex')}`
  const lock = await take(address, signal)
  try {
    return await action()
  } finally {
    lock.release()
  }
}

interface Lock {
  release(): void
}

async function take(address: string, signal: AbortSignal): Promise<Lock> {
  for (;;) {
    signal.throwIfAborted()
    const waiting = new Set<Socket>()
    const server = createServer((socket) => waiting.add(socket.on('error', () => {})))
    if (await listens(server, address)) {
      return {
        release() {
          server.close()
          for (const socket of waiting) socket.destroy()
        },
      }
    }
    await hungUp(address, signal)
  }
}

async function listens(server: Server, address: string): Promise<boolean> {
  server.listen(address)
  try {
    await once(server, 'listening')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false
    throw error
  }
}

/** Resolves when the holder of the lock has let go of it. */
function hungUp(address: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(address)
    const abort = () => {
      socket.destroy()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
    socket.on('error', () => {}) // it was released meanwhile: 'close' follows
    socket.resume().on('close', () => {
      signal.removeEventListener('abort', abort)
      resolve()
    })
  })
}
