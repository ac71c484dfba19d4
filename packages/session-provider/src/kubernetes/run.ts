import { buffer } from 'node:stream/consumers'
import type { ExecOptions, ExecResult } from '../provider.ts'
import type { Cluster } from './cluster.ts'
import { nameOf } from './cluster.ts'
import { CONTAINER } from './labels.ts'
import { findPod } from './pod-stream.ts'

/** Runs a command in a session's container, beside the agent. */
export async function run(
  cluster: Cluster,
  session: string,
  command: string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const pod = await findPod(cluster, session, options.signal)
  const stdin = options.stdin !== undefined
  const stream = await cluster.client.exec(nameOf(pod), {
    command,
    container: CONTAINER,
    stdin,
    signal: options.signal,
  })
  if (stdin) stream.stdin.end(options.stdin)
  stream.stdin.on('error', () => {}) // a command may end without reading its input
  const [exitCode, stdout, stderr] = await Promise.all([stream.exit, buffer(stream.stdout), buffer(stream.stderr)])
  return { exitCode, stdout, stderr }
}
