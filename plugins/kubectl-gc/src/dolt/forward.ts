import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { type Client, isKubeError } from '@kubectl-gc/kube'
import { DOLT_PORT } from '@kubectl-gc/manifests'
import { explain } from '../errors/explain.ts'
import { isUsageError, UsageError } from '../errors/usage.ts'
import { findDolt } from './find-pod.ts'

/** Milliseconds that a connection waits for a pod that is being replaced. */
const patience = 60_000
const longestPause = 1000
/** Milliseconds for one websocket: many that are opened at once wait for each other's handshakes. */
const connectTimeout = 15_000

export interface ForwardOptions {
  client: Client
  namespace: string
  /** Of this machine; 0: any that is free. */
  port: number
  signal: AbortSignal
  /** Told why a connection must wait, could not be had, or was cut. */
  onTrouble: (why: string) => void
}

/**
 * Gives every connection to a local port a way to Dolt, to whichever pod it runs in then.
 * @returns the port, and what resolves once the server has closed, which it does when the signal aborts
 * @throws {UsageError} the port is taken
 */
export async function forwardDolt(options: ForwardOptions): Promise<{ port: number; closed: Promise<void> }> {
  const { signal, onTrouble } = options
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.setNoDelay(true)
    join(socket, options).catch((error) => {
      if (!signal.aborted && !socket.destroyed) onTrouble(wordOf(error))
      socket.resetAndDestroy()
    })
  })
  const port = await listen(server, options.port)
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  const end = () => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  return { port, closed }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve((server.address() as AddressInfo).port))
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE' ? 'is taken' : `cannot be had: ${cause.message}`
      reject(new UsageError(`port ${port} of this machine ${taken}`, 'kubectl gc dolt forward --port 0', cause))
    })
    server.listen(port, '127.0.0.1')
  })
}

async function join(socket: Socket, options: ForwardOptions): Promise<void> {
  const left = new AbortController()
  // Who has hung up, with a word or without, has done with it.
  socket.once('close', () => left.abort()).on('error', () => {})
  const { remote, greeting } = await reach(options, AbortSignal.any([options.signal, left.signal]))
  if (socket.destroyed || remote.destroyed) {
    remote.destroy()
    return void socket.resetAndDestroy()
  }
  socket.once('close', () => remote.destroy())
  remote.once('error', (error) => {
    if (left.signal.aborted || options.signal.aborted) return
    options.onTrouble(wordOf(error))
    socket.resetAndDestroy()
  })
  socket.write(greeting)
  socket.pipe(remote).pipe(socket)
}

function wordOf(error: unknown): string {
  return explain(error).line.replace(/^error: /, '')
}

/** A connection on which Dolt has spoken: it does so first, so nothing of the client's is lost by trying again. */
async function reach(
  { client, namespace, onTrouble }: ForwardOptions,
  signal: AbortSignal,
): Promise<{ remote: Duplex; greeting: Buffer }> {
  const end = performance.now() + patience
  for (let tries = 0; ; tries += 1) {
    try {
      const remote = await client.portForward(await findDolt(client, namespace, signal), DOLT_PORT, {
        signal,
        connectTimeout,
      })
      return { remote, greeting: await firstWords(remote) }
    } catch (error) {
      signal.throwIfAborted()
      const passing = isUsageError(error) || isKubeError(error)
      if (!passing || performance.now() > end) throw error
      if (tries === 0) onTrouble(wordOf(error))
    }
    await delay(Math.min(longestPause, 100 * 2 ** tries), undefined, { signal })
  }
}

async function firstWords(remote: Duplex): Promise<Buffer> {
  const ended = () => new UsageError('the Dolt server ended a connection before it spoke')
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      remote.off('data', spoken).off('error', failed).off('end', over)
      act()
    }
    const spoken = (data: Buffer) => {
      remote.pause()
      settle(() => resolve(data))
    }
    const failed = (error: Error) => settle(() => reject(error))
    const over = () => settle(() => reject(ended()))
    remote.on('data', spoken).on('error', failed).on('end', over)
  })
}
