import { SessionError } from './errors.ts'

/** No answer came in time. What was asked may have been carried out. */
export class DeadlineExceeded extends SessionError {
  static override readonly name: string = 'DeadlineExceeded'
}

/**
 * Runs an action with a signal that fires when the time is over, with DeadlineExceeded, or when the caller's fires.
 * @param doing what the message says could not be done
 */
export async function withDeadline<T>(
  milliseconds: number,
  doing: string,
  signal: AbortSignal | undefined,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const deadline = new AbortController()
  const timer = setTimeout(() => {
    const suggestion = 'check the cluster: kubectl cluster-info'
    deadline.abort(new DeadlineExceeded(`${doing}: no answer within ${milliseconds / 1000} s`, { suggestion }))
  }, milliseconds)
  try {
    return await action(signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, signal]))
  } finally {
    clearTimeout(timer)
  }
}

/** Rejects with the signal's reason as soon as it fires, whatever the promise does then. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
