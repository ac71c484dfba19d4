import { lstatSync, renameSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { socketPath } from './directory.ts'

/** A socket that clients find by a broker's key. */
export interface Listening {
  /** Whether clients that come now still find this process. */
  isReached(): boolean
  /** Takes no more connections, and takes the socket away unless another broker has put its own there. */
  close(): void
}

/** Puts a socket where the key's clients look for one, in place of any that is there. */
export async function listen(
  directory: string,
  key: string,
  onConnection: (socket: Socket) => void,
): Promise<Listening> {
  const path = socketPath(directory, key)
  const draft = `${path}.${process.pid}`
  const server = createServer({ allowHalfOpen: true }, onConnection)
  await bound(server, draft)
  const { ino } = lstatSync(draft)
  renameSync(draft, path)
  const isReached = () => lstatSync(path, { throwIfNoEntry: false })?.ino === ino
  return {
    isReached,
    close() {
      server.close()
      if (isReached()) rmSync(path, { force: true })
    },
  }
}

function bound(server: Server, path: string): Promise<void> {
  rmSync(path, { force: true })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
}
