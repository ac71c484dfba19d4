import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { SessionNotFound } from '../errors.ts'
import type { CommandStream, Transport } from '../tmux/transport.ts'
import { send, surroundings } from './processes.ts'
import type { LocalSession } from './session-folder.ts'

/** What a command runs with. */
export interface Surroundings {
  env: NodeJS.ProcessEnv
  cwd: string
}

/** What a session's supervisor began with. @throws {SessionNotFound} it has ended */
export async function surroundingsOf(session: LocalSession): Promise<Surroundings> {
  try {
    return await surroundings(session.supervisor?.pid ?? 0)
  } catch (cause) {
    throw new SessionNotFound(session.name, { why: 'it has ended', cause })
  }
}

/** Runs commands where a session's tmux and its agent's files are. @throws {SessionNotFound} the session has ended */
export function localTransport(session: LocalSession): Transport {
  return async (command, { signal, stdin = true }) => {
    const stream = runStreaming(command, await surroundingsOf(session), signal)
    if (!stdin) stream.stdin.end()
    return stream
  }
}

/** What a shell adds to the number of the signal that has ended a command. */
const SIGNALLED = 128

/** Runs a command of this machine in a process group of its own. The signal cuts it. */
export function runStreaming(
  [program = '', ...args]: string[],
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
): CommandStream {
  signal?.throwIfAborted()
  const child = spawn(program, args, { ...surroundings, detached: true })
  child.stdin.on('error', () => {}) // a command may end without reading its input
  let cut = false
  const close = () => {
    cut = true
    child.stdin.destroy()
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) send(-child.pid, 'SIGKILL')
  }
  signal?.addEventListener('abort', close, { once: true })
  const exit = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, killedBy) => {
      signal?.removeEventListener('abort', close)
      if (!cut) resolve(code ?? SIGNALLED + constants.signals[killedBy ?? 'SIGKILL'])
      else reject(signal?.aborted ? signal.reason : new Error(`${program} was cut off`))
    })
  })
  exit.catch(() => {})
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, exit, close }
}
