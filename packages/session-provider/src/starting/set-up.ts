import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { StartConfig } from '../provider.ts'
import type { Transport } from '../tmux/transport.ts'
import { type AsAgentOptions, runAsAgent } from './as-agent.ts'
import type { PodPaths } from './pod-paths.ts'

/** Milliseconds for one command, and for the script. */
const COMMAND_TIMEOUT = 10_000
const SCRIPT_TIMEOUT = 30_000

export interface SetUpOptions {
  paths: PodPaths
  /** The pod's name. */
  pod: string
  onWarning: (warning: string) => void
  signal: AbortSignal
}

/** Runs what belongs to a session that is up. Whatever fails is a warning. */
export async function setUp(transport: Transport, config: StartConfig, options: SetUpOptions): Promise<void> {
  const { paths, onWarning, signal } = options
  const commands = async (field: string, lines: readonly string[] = []) => {
    for (const line of lines) {
      const why = await failure(transport, paths.inCommand(line), COMMAND_TIMEOUT, { signal })
      if (why !== undefined) onWarning(`${field} warning: ${line}${why}`)
    }
  }
  await commands('session_setup', config.sessionSetup)
  if (config.sessionSetupScript !== undefined) await runScript(transport, config.sessionSetupScript, options)
  await commands('session_live', config.sessionLive)
}

async function runScript(transport: Transport, path: string, { pod, onWarning, signal }: SetUpOptions): Promise<void> {
  const what = 'session_setup_script warning:'
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) return onWarning(`${what} ${path} not found on controller`)
  const stdin = createReadStream(path)
  const unread = new Promise<string>((resolve) => stdin.once('error', ({ message }) => resolve(`\n${message}`)))
  const why = await Promise.race([unread, failure(transport, 'exec sh', SCRIPT_TIMEOUT, { stdin, signal })])
  if (why !== undefined) onWarning(`${what} script failed in pod ${pod}${why}`)
}

/** Why a command failed, on lines of its own; undefined: it did not. */
async function failure(
  transport: Transport,
  command: string,
  timeout: number,
  options: AsAgentOptions,
): Promise<string | undefined> {
  const late = AbortSignal.timeout(timeout)
  try {
    const signal = AbortSignal.any([options.signal, late])
    const { exitCode, output } = await runAsAgent(transport, command, { ...options, signal })
    if (exitCode === 0) return undefined
    return `\nexit code ${exitCode}${output === '' ? '' : `: ${output}`}`
  } catch (error) {
    options.signal.throwIfAborted()
    return late.aborted ? `\nit was ended after ${timeout / 1000} s` : `\n${(error as Error).message}`
  }
}
