import { unpack } from '../copy/copy-to.ts'
import type { Transport } from '../tmux/transport.ts'
import { stageCity } from './city.ts'
import type { StagingPlan } from './plan.ts'
import type { PodPaths } from './pod-paths.ts'
import { runPreStart } from './pre-start.ts'

export interface FurnishOptions {
  /** The session's name. */
  name: string
  plan: StagingPlan
  paths: PodPaths
  onProgress: (step: string) => void
  onWarning: (warning: string) => void
  signal: AbortSignal
}

/**
 * Brings what the plan says to where the session will be.
 * @throws {CopyFailed} not all of the files arrived
 * @throws {SessionStartFailed} a command of `preStart` failed
 */
export async function furnish(transport: Transport, options: FurnishOptions): Promise<void> {
  const { name, plan, paths, onProgress, signal } = options
  if (plan.sources.length > 0) {
    onProgress('copying files')
    await unpack((_, command, how) => transport(command, how), name, plan.sources, paths.root, { signal })
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
