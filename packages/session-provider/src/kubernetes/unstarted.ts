import { setTimeout as delay } from 'node:timers/promises'
import { isKubeError } from '@kubectl-gc/kube'

/**
 * Makes an attempt to run a command in a container, and after 0.2 s another one where nothing was started: the runtime
 * fails to enter the namespaces of a container whose processes are ending, and has clearer words for it a moment later.
 */
export async function againIfUnstarted<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!isKubeError(error) || !/failed to exec in container: .*\bsetns\b/.test(error.message)) throw error
    await delay(200)
    return await attempt()
  }
}
