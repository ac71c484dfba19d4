import type { StartConfig } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'
import { quote } from '../flags/command-line.ts'
import type { SessionDefaults } from '../flags/target.ts'
import { CONFIG_VARIABLE } from './config-variable.ts'
import { fingerprint } from './fingerprint.ts'

/** Everything that decides what a session of a city is. */
export interface SessionSettings {
  session: string
  /** A shell command line without the prompt; undefined: a shell. */
  command: string | undefined
  prompt: string | undefined
  /** Put before the prompt; undefined: the prompt is an argument of its own. */
  promptFlag: string | undefined
  env: Record<string, string>
  /** How it is started; files are paths of this machine. */
  start: Omit<StartConfig, 'command' | 'env'>
  /** What its pod is. */
  pod: SessionDefaults
  /** What the files of `start` hold, in short. */
  content: Record<string, string>
}

/** Bytes that Linux hands to a program in one argument (MAX_ARG_STRLEN). */
const longestArgument = 128 * 1024

/** The session's settings in short: one hash for each part, `command=1f3a9c0e,env=...`. */
export function fingerprintOf({ command, prompt, promptFlag, env, start, pod, content }: SessionSettings): string {
  const { nudge, ...rest } = start
  const { image, city: _, ...limits } = pod
  return fingerprint({
    command,
    prompt: prompt === undefined ? undefined : { prompt, promptFlag },
    env,
    nudge,
    image,
    pod: limits,
    setup: rest,
    files: content,
  })
}

/**
 * What the provider starts.
 * @throws {UsageError} the prompt is longer than an argument may be
 */
export function startConfigOf(settings: SessionSettings): StartConfig {
  const env = { ...settings.env, [CONFIG_VARIABLE]: fingerprintOf(settings) }
  return { ...settings.start, command: commandOf(settings), env }
}

function commandOf({ session, command, prompt, promptFlag }: SessionSettings): string | undefined {
  if (prompt === undefined || command === undefined) return command
  const bytes = Buffer.byteLength(prompt)
  if (bytes >= longestArgument) {
    const message = `the prompt of session "${session}" has ${bytes} bytes, and Linux allows an argument ${longestArgument}`
    throw new UsageError(message, 'put most of it into a file that the agent reads, and let the prompt name that')
  }
  return [command, ...(promptFlag === undefined ? [] : [promptFlag]), quote(prompt)].join(' ')
}
