import { setTimeout as delay } from 'node:timers/promises'
import { isApiError, isKubeError } from '@kubectl-gc/kube'
import { CONTROLLER_CONTAINER as container } from '@kubectl-gc/manifests'
import type { Part } from './logs.ts'
import type { Place } from './others.ts'

/** One run of gc: a container, in a pod, by its id. */
export interface Run {
  pod: string
  id: string
  /** The pod has started another since. */
  previous: boolean
}

const longestPause = 5000
const lineEnd = 0x0a
const space = 0x20

/**
 * All that one run prints, to its end. A connection that is cut is made anew, and what has been had is left out, as the
 * time tells that the node puts before each line.
 */
export async function* followContainer(place: Place, run: Run, part: Part): AsyncGenerator<Uint8Array> {
  const { client, namespace, signal } = place
  const pod = { name: run.pod, namespace }
  const { previous } = run
  let last = ''
  for (let pause = 100; ; pause = Math.min(pause * 2, longestPause)) {
    const rest = last === '' ? part : {}
    let had = last
    try {
      const log = client.logs(pod, { container, follow: !previous, previous, timestamps: true, signal, ...rest })
      for await (const line of linesOf(log)) {
        const at = line.indexOf(space)
        const time = line.subarray(0, at).toString('latin1')
        if (time <= had) continue
        // From here on all is new, also where the node's clock has been set back.
        had = ''
        last = time
        pause = 100
        yield line.subarray(at + 1)
      }
      return
    } catch (error) {
      signal.throwIfAborted()
      // The run, and its log, are gone; or it has not quite begun, and the pod will tell when it has.
      if (isApiError(error, 'NotFound') || isApiError(error, 'BadRequest')) return
      if (!isKubeError(error) || isApiError(error)) throw error
      await delay(pause, undefined, { signal })
    }
  }
}

/** Lines with their ends; the last may have none. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0)
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk])
    for (let end = held.indexOf(lineEnd); end !== -1; end = held.indexOf(lineEnd)) {
      yield held.subarray(0, end + 1)
      held = held.subarray(end + 1)
    }
  }
  if (held.length > 0) yield held
}
