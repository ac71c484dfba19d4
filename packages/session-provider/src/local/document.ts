import { resolve } from 'node:path'
import type { StartConfig } from '../provider.ts'
import type { Session } from '../session.ts'
import { afterLaunch } from '../starting/after-launch.ts'
import { furnish } from '../starting/furnish.ts'
import { planStaging } from '../starting/plan.ts'
import type { PodPaths } from '../starting/pod-paths.ts'
import type { Transport } from '../tmux/transport.ts'
import { processesOf } from './process-alive.ts'
import { runStreaming, type Surroundings } from './transport.ts'

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
export async function finish(session: Session, { name, surroundings, ...start }: Start): Promise<void> {
  const transport = transportWith(surroundings)
  const processes = () => processesOf(transport, start.signal)
  await afterLaunch(session, { ...start, transport, processes, paths: unmapped(surroundings.cwd), place: name })
}

function transportWith(surroundings: Surroundings): Transport {
  return async (command, { signal }) => runStreaming(command, surroundings, signal)
}

/** Paths on this machine are the same for whoever starts a session and for its agent. */
function unmapped(folder: string): PodPaths {
  const root = resolve(folder)
  return { city: undefined, root, workDir: root, ofPath: (path) => path, inCommand: (command) => command }
}
