import { spawn } from 'node:child_process'
import { SessionNotFound } from '../errors.ts'
import type { CommandStream, Transport } from '../tmux/transport.ts'
import { surroundings } from './processes.ts'
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
  return async (command, { signal }) => runStreaming(command, await surroundingsOf(session), signal)
}

/** Runs a command of this machine. The signal cuts it. */
export function runStreaming(
  [program = '', ...args]: string[],
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
): CommandStream {
  signal?.throwIfAborted()
  const child = spawn(program, args, surroundings)
  child.stdin.on('error', () => {}) // a command may end without reading its input
  const close = () => {
    child.stdin.destroy()
    child.kill('SIGKILL')
  }
  signal?.addEventListener('abort', close, { once: true })
  const exit = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, killedBy) => {
      signal?.removeEventListener('abort', close)
      if (code !== null) resolve(code)
      else reject(signal?.aborted ? signal.reason : new Error(`${program} was ended by ${killedBy}`))
    })
  })
  exit.catch(() => {})
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, exit, close }
}
