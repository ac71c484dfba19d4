import type { Readable } from 'node:stream'
import type { SpawnOptions } from '../provider.ts'
import type { CommandStream, TransportOptions } from '../tmux/transport.ts'
import { WithoutFirstLine } from './first-line.ts'
import { Held } from './held.ts'
import { type RunningCommand, runningCommand, type Signal } from './running-command.ts'

/** Runs a command where a session is. The signal cuts it. @throws {SessionNotFound} */
export type RunBeside = (session: string, command: string[], options: TransportOptions) => Promise<CommandStream>

/** Tells the process id first, so that the command can be signalled: a closed stream does not end it everywhere. */
const ANNOUNCE = 'echo "$$" >&2; exec "$@"'
const KILL = 'kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "$2"'

/**
 * Starts a command beside a session's agent; resolves once it runs. Input that is known goes in at once: containerd 1.6
 * now and then loses all that a command prints in the moment in which its standard input is closed.
 */
export async function spawnBeside(
  run: RunBeside,
  session: string,
  command: readonly string[],
  { signal, stdin, tty }: SpawnOptions,
): Promise<RunningCommand> {
  signal?.throwIfAborted()
  const opening = new AbortController()
  const abort = () => opening.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    const how = { signal: opening.signal, stdin: stdin === undefined || stdin.length > 0, tty: tty !== undefined }
    const stream = await run(session, ['sh', '-c', ANNOUNCE, 'gc-run', ...command], how)
    stream.stdin.on('error', () => {}) // a command may end without reading its input
    if (stdin !== undefined) stream.stdin.end(stdin)
    const signalled = (processId: string) => (name: Signal) => kill(run, session, processId, name)
    if (tty !== undefined) {
      stream.resize?.(tty.columns, tty.rows)
      const stdout = withoutFirstLine(stream.stdout)
      const processId = (await Promise.race([stdout.firstLine, neverBegan(stream)])).trim()
      return runningCommand(stream, { stdout, stderr: stream.stderr }, signalled(processId), signal, 'SIGHUP')
    }
    const stderr = withoutFirstLine(stream.stderr)
    // Both outputs travel on one connection: one that is full would keep the other's first line from coming.
    const stdout = new Held()
    stdout.on('error', () => {})
    stream.stdout.on('error', (error) => stdout.destroy(error))
    stream.stdout.pipe(stdout)
    const processId = await Promise.race([stderr.firstLine, neverBegan(stream)])
    stdout.release()
    return runningCommand(stream, { stdout, stderr }, signalled(processId), signal)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

function withoutFirstLine(output: Readable): WithoutFirstLine {
  const rest = new WithoutFirstLine()
  rest.on('error', () => {}) // the exit tells it to those who do not read
  output.on('error', (error) => rest.destroy(error))
  return output.pipe(rest)
}

async function neverBegan(stream: CommandStream): Promise<never> {
  throw new Error(`the shell ended with exit code ${await stream.exit} before the command began`)
}

async function kill(run: RunBeside, session: string, processId: string, name: Signal): Promise<void> {
  const stream = await run(session, ['sh', '-c', KILL, 'gc-kill', name.slice('SIG'.length), processId], {
    stdin: false,
  })
  stream.stdout.resume()
  stream.stderr.resume()
  await stream.exit
}
