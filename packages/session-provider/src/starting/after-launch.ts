import { setTimeout } from 'node:timers/promises'
import type { StartConfig } from '../provider.ts'
import type { Session } from '../session.ts'
import type { Transport } from '../tmux/transport.ts'
import { awaitPrompt } from '../verbs/await-prompt.ts'
import { awaitProcess } from './await-process.ts'
import { stillLives } from './lives-on.ts'
import type { PodPaths } from './pod-paths.ts'
import { setUp } from './set-up.ts'

/** Milliseconds to wait for an agent's prompt, of which it may show the same screen for some. */
const PROMPT_PATIENCE = { longest: 30_000, still: 10_000 }

export interface AfterLaunch {
  transport: Transport
  config: StartConfig
  paths: PodPaths
  /** What warnings call the place of the session: its pod's name. */
  place: string
  /** Gives the names of the processes that the session runs. */
  processes: () => Promise<readonly string[]>
  onProgress: (step: string) => void
  onWarning: (warning: string) => void
  signal: AbortSignal
}

/**
 * What belongs to a start once the session takes input: waiting for the agent, setting up, the first message. Where
 * that was anything, the agent is looked at once more.
 * @throws {NoMainSession} the agent has ended meanwhile
 */
export async function afterLaunch(session: Session, options: AfterLaunch): Promise<void> {
  const { transport, config, paths, place, onWarning, signal } = options
  await awaitAgent(session, options)
  await setUp(transport, config, { paths, pod: place, onWarning, signal })
  if (config.nudge) await session.nudge(config.nudge)
  else if (takesTime(config)) await session.tmux.runAll(stillLives)
}

async function awaitAgent(session: Session, options: AfterLaunch): Promise<void> {
  const { config, processes, onProgress, onWarning, signal } = options
  const { processNames = [], readyPromptPrefix, readyDelayMs } = config
  if (processNames.length > 0 && config.lifecycle !== 'one_shot') {
    onProgress("waiting for the agent's process")
    const came = await awaitProcess(processNames, processes, signal)
    if (!came) onWarning(`process_names warning: no process is named ${processNames.join(' or ')}`)
  }
  if (readyPromptPrefix !== undefined) {
    onProgress("waiting for the agent's prompt")
    const came = await awaitPrompt(session, readyPromptPrefix, PROMPT_PATIENCE, signal)
    if (!came) onWarning(`ready_prompt_prefix warning: no line begins with "${readyPromptPrefix}"`)
  }
  if (readyDelayMs) await setTimeout(readyDelayMs, undefined, { signal })
}

function takesTime(config: StartConfig): boolean {
  const { processNames, readyPromptPrefix, readyDelayMs, sessionSetup, sessionSetupScript, sessionLive } = config
  const fields = [processNames, readyPromptPrefix, readyDelayMs, sessionSetup, sessionSetupScript, sessionLive]
  return fields.some((field) => (Array.isArray(field) ? field.length > 0 : Boolean(field)))
}
