/**
 * An iterator over what `produce` yields, which can be left at any time: `return` aborts the signal given to `produce`,
 * so that a pending `next` ends too. When the caller's signal aborts, iteration throws its reason.
 */
export function iterate<T>(
  signals: (AbortSignal | undefined)[],
  produce: (ended: AbortSignal) => AsyncGenerator<T>,
): AsyncIterableIterator<T> {
  const controller = new AbortController()
  const source = produce(controller.signal)
  const outer = signals.filter((signal) => signal !== undefined)
  let left = false
  const abort = () => {
    controller.abort(outer.find((signal) => signal.aborted)?.reason)
    source.return(undefined).catch(() => {})
  }
  const release = () => {
    for (const signal of outer) signal.removeEventListener('abort', abort)
  }
  for (const signal of outer) signal.addEventListener('abort', abort, { once: true })
  if (outer.some((signal) => signal.aborted)) abort()

  const done = { done: true, value: undefined } as const
  return {
    async next() {
      try {
        if (!left) controller.signal.throwIfAborted()
        const result = await source.next()
        if (result.done) release()
        return result
      } catch (error) {
        release()
        if (left) return done
        throw error
      }
    },
    async return() {
      left = true
      release()
      controller.abort(new Error('the iteration was left'))
      await source.return(undefined).catch(() => {})
      return done
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
