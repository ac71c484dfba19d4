import type { Socket } from 'node:net'

/** A connection over a Unix socket, open or being opened. */
export interface Connection {
  readonly closed: boolean
  write(bytes: Buffer): void
  close(): void
}

interface Listener {
  data(chunk: Buffer): void
  /** Told once: the connection was closed, by whichever side, or could not be had. */
  closed(): void
}

/** The part of Bun's sockets that is used. `write` takes what the kernel takes, and `drain` tells when it takes more. */
interface BunSocket {
  write(bytes: Uint8Array): number
  terminate(): void
}
type Bun = {
  connect(options: {
    unix: string
    socket: {
      open(socket: BunSocket): void
      data(socket: BunSocket, chunk: Buffer): void
      drain(socket: BunSocket): void
      close(): void
      error(): void
      connectError(): void
    }
  }): Promise<unknown>
}

/** Connects. In a compiled program by Bun's own socket: loading `node:net` there costs more than all else it does. */
export function dial(path: string, listener: Listener): Connection {
  const { Bun: bun } = globalThis as { Bun?: Bun }
  return bun === undefined ? dialByNode(path, listener) : dialByBun(bun, path, listener)
}

function dialByNode(path: string, listener: Listener): Connection {
  const socket: Socket = process.getBuiltinModule('node:net').connect(path)
  socket.on('data', (chunk: Buffer) => listener.data(chunk))
  socket.on('error', () => {}) // close comes next
  socket.on('close', () => listener.closed())
  return {
    get closed() {
      return socket.destroyed
    },
    write: (bytes) => void socket.write(bytes),
    close: () => void socket.destroy(),
  }
}

function dialByBun(bun: Bun, path: string, listener: Listener): Connection {
  let open: BunSocket | undefined
  let closed = false
  let unsent: Buffer = Buffer.alloc(0)
  const flush = () => {
    if (open === undefined || unsent.length === 0) return
    unsent = unsent.subarray(Math.max(0, open.write(unsent)))
  }
  const ended = () => {
    if (closed) return
    closed = true
    listener.closed()
  }
  const socket = {
    open(opened: BunSocket) {
      open = opened
      if (closed) opened.terminate()
      else flush()
    },
    data: (_: BunSocket, chunk: Buffer) => (closed ? undefined : listener.data(chunk)),
    drain: flush,
    close: ended,
    error: ended,
    connectError: ended,
  }
  bun.connect({ unix: path, socket }).catch(ended)
  return {
    get closed() {
      return closed
    },
    write(bytes) {
      unsent = unsent.length === 0 ? bytes : Buffer.concat([unsent, bytes])
      flush()
    },
    close() {
      open?.terminate()
      ended()
    },
  }
}
