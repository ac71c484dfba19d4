import { InvalidArgument } from '../errors.ts'
import type { RunBeside } from '../run/spawn.ts'
import type { CommandStream } from '../tmux/transport.ts'
import { findRunning } from './find.ts'
import type { Settings } from './options.ts'
import { localTransport } from './transport.ts'

/** Runs a command with a session's environment, in its agent's folder. */
export async function runLocally(
  settings: Settings,
  ...[session, command, options]: Parameters<RunBeside>
): Promise<CommandStream> {
  if (options.tty) throw new InvalidArgument('a command in a session of this machine can be given no terminal')
  return localTransport(await findRunning(settings, session))(command, options)
}
