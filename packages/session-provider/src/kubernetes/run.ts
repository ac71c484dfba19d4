import { SessionNotFound } from '../errors.ts'
import type { RunBeside } from '../run/spawn.ts'
import type { CommandStream } from '../tmux/transport.ts'
import { type Cluster, nameOf } from './cluster.ts'
import { toSessionError } from './failure.ts'
import { CONTAINER } from './labels.ts'
import { findPod, isContainerGone } from './pod-stream.ts'

/** Runs a command in the container of a session. */
export async function runInPod(
  cluster: Cluster,
  ...[session, command, { signal, stdin = true, tty = false }]: Parameters<RunBeside>
): Promise<CommandStream> {
  const fail = (error: unknown): never => {
    if (!isContainerGone(error))
      throw toSessionError(error, `cannot run a command in session "${session}"`, cluster.client.server)
    throw new SessionNotFound(session, { cause: error, why: 'its container does not run' })
  }
  try {
    const pod = await findPod(cluster, session, signal)
    const stream = await cluster.client.exec(nameOf(pod), { command, container: CONTAINER, stdin, tty, signal })
    const exit = stream.exit.catch(fail)
    exit.catch(() => {})
    const { stdin: input, stdout, stderr } = stream
    const resize = (columns: number, rows: number) => stream.resize(columns, rows)
    return { stdin: input, stdout, stderr, exit, resize, close: () => stream.close() }
  } catch (error) {
    return fail(error)
  }
}
