import type { Socket } from 'node:net'
import { Writable } from 'node:stream'
import { FRAME, type Frame, FrameReader, frame } from './frames.ts'
import type { Hello, Request } from './request.ts'

/** Milliseconds between signs of life while a request is being carried out. */
const HEARTBEAT = 1000

/** One request, as the broker carries it out. */
export interface Exchange {
  request: Request
  /** All of the client's standard input. */
  input: Buffer
  stdout: Writable
  stderr: Writable
  /** Fires when the client wants it stopped, or has hung up. */
  signal: AbortSignal
}

/** Nothing was done, and the client is to do it itself. */
export class Refused extends Error {}

/** Resolves with the exit code. @throws {Refused} */
export type Carry = (exchange: Exchange) => Promise<number>

/** Greets a client and carries out its one request. */
export function serveConnection(socket: Socket, hello: Hello, carry: Carry): void {
  const reader = new FrameReader()
  const cancelled = new AbortController()
  let request: Request | undefined
  const cancel = (why: string) => cancelled.abort(new Error(why))
  const take = ({ type, payload }: Frame) => {
    if (type === FRAME.request) request = JSON.parse(payload.toString())
    else if (type === FRAME.cancel) cancel(payload.toString())
    else if (type === FRAME.input && request !== undefined) {
      answer(socket, { request, input: payload, signal: cancelled.signal }, carry)
    }
  }
  socket.on('error', () => {}) // close comes next
  socket.on('close', () => cancel(`${request?.operation}: its caller has left`))
  socket.on('end', () => socket.destroy())
  socket.on('data', (chunk) => {
    try {
      for (const one of reader.push(chunk)) take(one)
    } catch {
      socket.destroy()
    }
  })
  socket.write(frame(FRAME.hello, JSON.stringify(hello)))
}

async function answer(
  socket: Socket,
  asked: Pick<Exchange, 'request' | 'input' | 'signal'>,
  carry: Carry,
): Promise<void> {
  const into = (type: number) =>
    new Writable({ write: (chunk, _encoding, done) => void socket.write(frame(type, chunk), done) })
  const heartbeat = setInterval(() => socket.write(frame(FRAME.alive)), HEARTBEAT)
  const last = await carry({ ...asked, stdout: into(FRAME.stdout), stderr: into(FRAME.stderr) }).then(
    (exitCode) => frame(FRAME.exit, Uint8Array.of(exitCode)),
    (error: Error) => frame(FRAME.refused, error.message),
  )
  clearInterval(heartbeat)
  socket.end(last)
}
