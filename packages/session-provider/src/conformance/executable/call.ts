import { type ChildProcess, spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'

/** What one call of the executable gave. */
export interface Answer {
  exitCode: number
  stdout: string
  stderr: string
}

/** Milliseconds that gc gives an operation, and the two that make a session. */
const TIMEOUT = 30_000
const START_TIMEOUT = 120_000
/** Milliseconds between SIGTERM and SIGKILL for a call that takes too long. */
const GRACE = 2000

/** The call came to no exit code that gc would see. */
export class CallFailed extends Error {}

/** The executable is not there, or may not be run. */
export class CannotRun extends Error {}

export interface CallOptions {
  stdin?: string | undefined
  /** Ends the call, as gc would. */
  signal?: AbortSignal | undefined
}

/**
 * Runs one operation as gc does: no shell, a process group of its own, the whole environment, and a limit of 30 s, 120
 * for `start` and `provision`.
 * @throws {CallFailed} it took too long, or was killed
 * @throws {CannotRun}
 */
export async function call(executable: string, args: string[], options: CallOptions = {}): Promise<Answer> {
  const { stdin = '', signal: abort } = options
  abort?.throwIfAborted()
  const timeout = limit(args)
  const child = spawn(executable, args, { detached: true })
  const ended = new Promise<[code: number | null, signal: string | null]>((resolve, reject) => {
    child.on('error', (cause) => reject(new CannotRun(`cannot run ${executable}: ${cause.message}`, { cause })))
    child.on('close', (code, signal) => resolve([code, signal]))
  })
  const late = AbortSignal.timeout(timeout)
  const over = AbortSignal.any([late, ...(abort === undefined ? [] : [abort])])
  let kill: NodeJS.Timeout | undefined
  const end = () => {
    signalGroup(child, 'SIGTERM')
    kill = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE)
  }
  over.addEventListener('abort', end, { once: true })
  child.stdin.on('error', () => {}) // it may end without reading
  child.stdin.end(stdin)
  const output = Promise.all([buffer(child.stdout), buffer(child.stderr)])
  try {
    const [code, signal] = await ended
    abort?.throwIfAborted()
    if (late.aborted) throw new CallFailed(`${args[0]}: no end within ${timeout / 1000} s`)
    if (code === null) throw new CallFailed(`${args[0]}: ended by ${signal}`)
    const [stdout, stderr] = await output
    return { exitCode: code, stdout: stdout.toString(), stderr: stderr.toString() }
  } finally {
    over.removeEventListener('abort', end)
    clearTimeout(kill)
    output.catch(() => {})
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal)
}

function limit([operation]: string[]): number {
  return operation === 'start' || operation === 'provision' ? START_TIMEOUT : TIMEOUT
}
