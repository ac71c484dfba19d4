/**
 * Runs `task` with a signal that aborts when the caller's signal does (with its reason) or when `timeout`
 * milliseconds have passed (with `late()`). Nothing of it is left behind when the task has settled.
 */
export async function withDeadline<T>(
  limits: { signal: AbortSignal | undefined; timeout: number; late: () => Error },
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal } = limits
  signal?.throwIfAborted()
  const controller = new AbortController()
  const abort = () => controller.abort(signal?.reason)
  const timer = setTimeout(() => controller.abort(limits.late()), limits.timeout)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await task(controller.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** Resolves after `ms` milliseconds; rejects with the signal's reason when that comes first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const abort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, ms)
    signal.addEventListener('abort', abort, { once: true })
  })
}

/** The promise, or the signal's reason when that comes first; what the promise does afterwards is nobody's concern. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
