import { stagingBeat, stagingDone } from '@kubectl-gc/agent'
import { type FurnishOptions, furnish } from '../starting/furnish.ts'
import { NoMainSession } from '../tmux/no-main-session.ts'
import type { Tmux } from '../tmux/tmux.ts'
import type { Transport } from '../tmux/transport.ts'

export { STAGING_CONDITION, STAGING_SILENCE } from '@kubectl-gc/agent'

/** Milliseconds between signs of life for the supervisor, which waits 30 s for one. */
const BEAT = 5000
/** Milliseconds between looks whether the agent has begun. */
const LOOK = 15

/**
 * Brings what the plan says into the pod of a waiting supervisor, and has it launch the agent.
 * @param tmux a control client of the supervisor's tmux
 * @throws {CopyFailed} not all of the files arrived
 * @throws {SessionStartFailed} a command of `preStart` failed
 */
export async function stage(tmux: Tmux, transport: Transport, options: FurnishOptions): Promise<void> {
  await tmux.runAll(stagingBeat(1))
  const stop = keepBeating(tmux)
  try {
    await furnish(transport, options)
  } finally {
    stop()
  }
  await tmux.runAll(stagingDone)
  await begun(tmux, options.signal)
}

function keepBeating(tmux: Tmux): () => void {
  let beat = 1
  const timer = setInterval(() => {
    beat += 1
    tmux.runAll(stagingBeat(beat)).catch(() => {}) // a stream that has ended is told by the next command that matters
  }, BEAT)
  return () => clearInterval(timer)
}

async function begun(tmux: Tmux, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await tmux.run('has-session -t =main')
      return
    } catch (error) {
      if (!(error instanceof NoMainSession)) throw error
    }
    signal.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, LOOK))
  }
}
