import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { abortable } from '../deadline.ts'
import type { PodPaths } from '../kubernetes/pod-paths.ts'
import { setUp } from '../kubernetes/set-up.ts'
import { planStaging } from '../kubernetes/staging/plan.ts'
import { furnish } from '../kubernetes/staging/stage.ts'
import type { StartConfig } from '../provider.ts'
import type { Session } from '../session.ts'
import type { Transport } from '../tmux/transport.ts'
import { awaitPrompt } from '../verbs/await-prompt.ts'
import { runStreaming, type Surroundings } from './transport.ts'

/** Milliseconds to wait for an agent's prompt, of which it may show the same screen for some. */
const PROMPT_PATIENCE = { longest: 30_000, still: 10_000 }

export interface Start {
  name: string
  config: StartConfig
  surroundings: Surroundings
  onProgress: (step: string) => void
  onWarning: (warning: string) => void
  signal: AbortSignal
}

/** What comes before the agent: files for its folder, in which it works as it is, and commands. */
export async function prepare({ config, surroundings, ...start }: Start): Promise<void> {
  const paths = unmapped(surroundings.cwd)
  const options = { prebaked: false, onWarning: start.onWarning }
  const plan = await planStaging({ ...config, workDir: undefined }, paths, options)
  await furnish(transportWith(surroundings), { ...start, plan, paths })
}

/** What comes once the session takes input. */
export async function finish(session: Session, { name, config, surroundings, ...start }: Start): Promise<void> {
  const { onProgress, onWarning, signal } = start
  if (config.readyPromptPrefix !== undefined) {
    onProgress("waiting for the agent's prompt")
    const came = await awaitPrompt(session, config.readyPromptPrefix, PROMPT_PATIENCE, signal)
    if (!came) onWarning(`ready_prompt_prefix warning: no line begins with "${config.readyPromptPrefix}"`)
  }
  if (config.readyDelayMs) await abortable(setTimeout(config.readyDelayMs), signal)
  await setUp(transportWith(surroundings), config, { paths: unmapped(surroundings.cwd), pod: name, onWarning, signal })
  if (config.nudge) await session.nudge(config.nudge)
}

function transportWith(surroundings: Surroundings): Transport {
  return async (command, { signal }) => runStreaming(command, surroundings, signal)
}

/** Paths on this machine are the same for whoever starts a session and for its agent. */
function unmapped(folder: string): PodPaths {
  const root = resolve(folder)
  return { city: undefined, root, workDir: root, ofPath: (path) => path, inCommand: (command) => command }
}
