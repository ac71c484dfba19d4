import { SessionStartFailed } from '../errors.ts'
import type { Transport } from '../tmux/transport.ts'
import { runAsAgent } from './as-agent.ts'

/**
 * Runs the commands that come before the agent, one after the other, in its directory.
 * @throws {SessionStartFailed} one failed; `output` is what it printed
 */
export async function runPreStart(
  transport: Transport,
  session: string,
  commands: readonly string[],
  options: { directory: string; signal: AbortSignal },
): Promise<void> {
  for (const command of commands) {
    const { exitCode, output } = await runAsAgent(transport, command, options)
    if (exitCode === 0) continue
    const message = `pre_start command "${command}" ended with exit code ${exitCode}`
    throw new SessionStartFailed(session, 'PreStart', message, { output, suggestion: 'run it in the image by hand' })
  }
}
