import { stagingBeat, stagingDone } from '@kubectl-gc/agent'
import { unpack } from '../../copy/copy-to.ts'
import { Session } from '../../session.ts'
import type { ControlClient } from '../../tmux/control-client.ts'
import type { Transport } from '../../tmux/transport.ts'
import { isRunning } from '../../verbs/is-running.ts'
import type { PodPaths } from '../pod-paths.ts'
import { stageCity } from './city.ts'
import type { StagingPlan } from './plan.ts'
import { runPreStart } from './pre-start.ts'

export { STAGING_CONDITION, STAGING_SILENCE } from '@kubectl-gc/agent'

/** Milliseconds between signs of life for the supervisor, which waits 30 s for one. */
const BEAT = 5000
/** Milliseconds between looks whether the agent has begun. */
const LOOK = 15

export interface StageOptions {
  /** The session's name. */
  name: string
  plan: StagingPlan
  paths: PodPaths
  onProgress: (step: string) => void
  onWarning: (warning: string) => void
  signal: AbortSignal
}

/**
 * Brings what the plan says into the pod of a waiting supervisor, and lets it launch the agent.
 * @param tmux a control client of the supervisor's tmux
 * @throws {CopyFailed} not all of the files arrived
 * @throws {SessionStartFailed} a command of `preStart` failed
 */
export async function stage(tmux: ControlClient, transport: Transport, options: StageOptions): Promise<Session> {
  await tmux.runAll(stagingBeat(1))
  const stop = keepBeating(tmux)
  try {
    await furnish(transport, options)
  } finally {
    stop()
  }
  await tmux.runAll(stagingDone)
  return begun(new Session(options.name, tmux), options.signal)
}

/** Brings what the plan says into a pod. */
export async function furnish(transport: Transport, options: StageOptions): Promise<void> {
  const { name, plan, paths, onProgress, signal } = options
  if (plan.sources.length > 0) {
    onProgress('copying files')
    await unpack((_, command, how) => transport(command, how), name, plan.sources, paths.root, signal)
  }
  if (plan.city !== undefined) {
    onProgress('making the city')
    await stageCity(transport, name, plan.city, paths.root, options)
  }
  if (plan.preStart.length > 0) {
    onProgress('running pre_start')
    await runPreStart(transport, name, plan.preStart, { directory: paths.workDir, signal })
  }
}

function keepBeating(tmux: ControlClient): () => void {
  let beat = 1
  const timer = setInterval(() => {
    beat += 1
    tmux.runAll(stagingBeat(beat)).catch(() => {}) // a stream that has ended is told by the next command that matters
  }, BEAT)
  return () => clearInterval(timer)
}

async function begun(session: Session, signal: AbortSignal): Promise<Session> {
  while (!(await isRunning(session))) {
    signal.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, LOOK))
  }
  return session
}
