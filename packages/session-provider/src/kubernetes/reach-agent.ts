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
import type { StartWatch } from './watch-start.ts'

type Reach = (
  cluster: Cluster,
  transport: Transport,
  options: FurnishOptions & Pick<StartWatch, 'running'>,
) => Promise<Tmux>

/** Reaches the tmux of an agent that the supervisor launches by itself, once that has proved that it lives on. */
export const liveAgent: Reach = async ({ keepStreams }, transport, options) => {
  const { signal } = options
  if (keepStreams) return proven(await attachEarly(() => connect(transport, signal), options))
  const reach = () => new OneShotClient(transport, signal).runAll(livesOn)
  await attachEarly(reach, options)
  return new OneShotClient(transport, undefined)
}

/** Brings an agent its files, has it launched, and reaches its tmux, once it has proved that it lives on. */
export const stagedAgent: Reach = async (_, transport, options) => {
  const { signal } = options
  const tmux = await attachEarly(() => connect(transport, signal, STAGING_CONDITION), options)
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

/** Starts beside which attempts would take the time that the containers need to come up. */
const CROWD = 4

/** Milliseconds between attempts at first: alone, and in a crowd, where the kubelet's word ends the pause. */
const PAUSE = { alone: 25, crowd: 20_000 }

let underWay = 0

/**
 * Tries from creation on, because the pod's status lags the container by some 300 ms. In a crowd it waits for that
 * status, and a node that is slow to answer is asked less often: an attempt costs the node some 15 ms of processor time.
 */
export async function attachEarly<T>(
  attach: () => Promise<T>,
  { running, signal }: Pick<StartWatch, 'running'> & { signal: AbortSignal },
): Promise<T> {
  underWay++
  try {
    for (let pause = PAUSE.alone; ; pause = Math.min(pause * 1.5, 100)) {
      if (underWay > CROWD && !running.aborted) await wait(PAUSE.crowd, running, signal)
      const tried = performance.now()
      try {
        return await attach()
      } catch (error) {
        if (signal.aborted || isApiError(error, 'Forbidden') || isApiError(error, 'Unauthorized')) throw error
      }
      await setTimeout(Math.max(pause, 3 * (performance.now() - tried)), undefined, { signal })
    }
  } finally {
    underWay--
  }
}

/** Waits so many milliseconds, or until `sooner` aborts. @throws the reason of `signal`'s abort */
async function wait(milliseconds: number, sooner: AbortSignal, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal: AbortSignal.any([sooner, signal]) }).catch(() => {})
  signal.throwIfAborted()
}
