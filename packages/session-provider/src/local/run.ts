import { buffer } from 'node:stream/consumers'
import { abortable } from '../deadline.ts'
import type { ExecOptions, ExecResult } from '../provider.ts'
import { findRunning } from './find.ts'
import type { Settings } from './options.ts'
import { runStreaming, surroundingsOf } from './transport.ts'

/** Runs a command with a session's environment, beside the agent. */
export async function run(
  settings: Settings,
  name: string,
  command: string[],
  { stdin, signal }: ExecOptions,
): Promise<ExecResult> {
  signal?.throwIfAborted()
  const surroundings = await surroundingsOf(await findRunning(settings, name))
  const stream = runStreaming(['sh', '-c', 'exec "$@"', 'sh', ...command], surroundings, signal)
  stream.stdin.end(stdin ?? '')
  const result = Promise.all([stream.exit, buffer(stream.stdout), buffer(stream.stderr)])
  const [exitCode, stdout, stderr] = await (signal === undefined ? result : abortable(result, signal))
  return { exitCode, stdout, stderr }
}
