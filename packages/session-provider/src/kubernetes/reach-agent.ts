import { setTimeout } from 'node:timers/promises'
import { isApiError } from '@kubectl-gc/kube'
import type { FurnishOptions } from '../starting/furnish.ts'
import { livesOn } from '../starting/lives-on.ts'
import { connect } from '../tmux/connect.ts'
import { OneShotClient } from '../tmux/one-shot-client.ts'
import type { Tmux } from '../tmux/tmux.ts'
import type { Transport } from '../tmux/transport.ts'
import type { Cluster } from './cluster.ts'
import { STAGING_CONDITION, stage } from './stage.ts'

type Reach = (cluster: Cluster, transport: Transport, options: FurnishOptions) => Promise<Tmux>

/** Reaches the tmux of an agent that the supervisor launches by itself, once that has proved that it lives on. */
export const liveAgent: Reach = async ({ keepStreams }, transport, { signal }) => {
  if (keepStreams) return proven(await attachEarly(() => connect(transport, signal), signal))
  const reach = () => new OneShotClient(transport, signal).runAll(livesOn)
  await attachEarly(reach, signal)
  return new OneShotClient(transport, undefined)
}

/** Brings an agent its files, has it launched, and reaches its tmux, once it has proved that it lives on. */
export const stagedAgent: Reach = async (_, transport, options) => {
  const { signal } = options
  const tmux = await attachEarly(() => connect(transport, signal, STAGING_CONDITION), signal)
  try {
    await stage(tmux, transport, options)
  } catch (error) {
    tmux.close()
    throw error
  }
  return proven(tmux)
}

async function proven<T extends Tmux>(tmux: T): Promise<T> {
  try {
    await tmux.runAll(livesOn)
    return tmux
  } catch (error) {
    tmux.close()
    throw error
  }
}

/**
 * Tries from creation on, because the pod's status lags the container by some 300 ms. A node that is slow to answer is
 * asked less often: with many starts at once the attempts would take the time that the containers need.
 */
export async function attachEarly<T>(attach: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let pause = 25; ; pause = Math.min(pause * 1.5, 100)) {
    const tried = performance.now()
    try {
      return await attach()
    } catch (error) {
      if (signal.aborted || isApiError(error, 'Forbidden') || isApiError(error, 'Unauthorized')) throw error
    }
    await setTimeout(Math.max(pause, 3 * (performance.now() - tried)), undefined, { signal })
  }
}
