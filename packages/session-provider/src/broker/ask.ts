import { type Connection, dial } from './dial.ts'
import { FRAME, type Frame, FrameReader, frame } from './frames.ts'
import type { Hello, Request } from './request.ts'

/** What a broker gave for a request. */
export interface Answer {
  exitCode: number
  stdout: Buffer
}

/**
 * How asking went otherwise. `absent`: no broker is there, or none that can be talked to. `refused`: it does not do
 * that. In both cases nothing was carried out. `lost`: the connection was cut after the request had been handed over.
 */
export type Failure = 'absent' | 'refused' | 'lost'

/** Milliseconds in which a broker must greet, and may be silent later. One that hangs costs more than it saves. */
const PATIENCE = { greeting: 2000, silence: 6000 }

export interface Asking {
  /** All of standard input, when it is read. */
  input?: Promise<Uint8Array> | undefined
  /** Asks the broker to stop what it does; it answers all the same. */
  signal?: AbortSignal | undefined
  /** Takes what goes to standard error, as it comes. */
  onStderr?: (chunk: Buffer) => void
  /** Told of the greeting; false: this broker is not to be used. */
  accept?: (hello: Hello) => boolean
}

/** Sends one request over a broker's socket. @throws what reading the input throws */
export function ask(path: string, request: Request, options: Asking = {}): Promise<Answer | Failure> {
  return new Promise((resolve, reject) => {
    const reader = new FrameReader()
    const stdout: Buffer[] = []
    let otherwise: Failure = 'absent'
    let patience: NodeJS.Timeout | undefined
    const wait = (milliseconds: number) => {
      clearTimeout(patience)
      patience = setTimeout(() => connection.close(), milliseconds)
    }
    const finish = (answer: Answer | Failure) => {
      resolve(answer)
      connection.close()
    }
    const greeted = (hello: Hello) => {
      clearTimeout(patience)
      if (options.accept?.(hello) === false) return finish('refused')
      const given = () => {
        otherwise = 'lost'
        wait(PATIENCE.silence)
      }
      handOver(connection, request, options, given).catch((error) => {
        reject(error)
        connection.close()
      })
    }
    const take = ({ type, payload }: Frame) => {
      if (type === FRAME.hello) greeted(JSON.parse(payload.toString()))
      else if (type === FRAME.stdout) stdout.push(payload)
      else if (type === FRAME.stderr) options.onStderr?.(payload)
      else if (type === FRAME.refused) finish('refused')
      else if (type === FRAME.exit) finish({ exitCode: payload[0] ?? 1, stdout: Buffer.concat(stdout) })
    }
    const connection = dial(path, {
      data(chunk) {
        if (otherwise === 'lost') wait(PATIENCE.silence)
        try {
          for (const one of reader.push(chunk)) take(one)
        } catch {
          finish(otherwise)
        }
      },
      closed() {
        clearTimeout(patience)
        resolve(otherwise)
      },
    })
    wait(PATIENCE.greeting)
  })
}

async function handOver(
  connection: Connection,
  request: Request,
  { input, signal }: Asking,
  given: () => void,
): Promise<void> {
  const bytes = await input
  signal?.throwIfAborted()
  if (connection.closed) return
  given()
  connection.write(Buffer.concat([frame(FRAME.request, JSON.stringify(request)), frame(FRAME.input, bytes)]))
  const cancel = () => connection.write(frame(FRAME.cancel, String(signal?.reason?.message)))
  signal?.addEventListener('abort', cancel, { once: true })
}

/** The greeting of the broker behind a socket; undefined where none greets. Nothing is asked of it. */
export async function greetingOf(path: string): Promise<Hello | undefined> {
  let greeting: Hello | undefined
  const accept = (hello: Hello) => {
    greeting = hello
    return false
  }
  const nothing = { protocol: 0, version: '', operation: '', name: '', args: [], env: {} }
  await ask(path, nothing, { accept })
  return greeting
}
