import type { Output } from '../runtime.ts'

/** Tells a person what is being waited for. On a terminal one line is rewritten; elsewhere lines appear after ten seconds. */
export interface Progress extends Disposable {
  step(text: string): void
  /** Makes room for a line on another stream. */
  clear(): void
}

const running = new WeakMap<Output, Progress>()

/** Makes room for a line, where progress is shown on this stream. */
export function clearProgress(stderr: Output): void {
  running.get(stderr)?.clear()
}

/** Ends, and leaves the terminal clean, when it is disposed of. */
export function startProgress(stderr: Output, quietFor = 10_000): Progress {
  const begun = performance.now()
  let pending: string | undefined
  let timer: NodeJS.Timeout | undefined
  let isShown = false
  const flush = () => {
    timer = undefined
    if (pending !== undefined) stderr.write(`${pending}\n`)
    pending = undefined
  }
  const progress: Progress = {
    step(text) {
      if (stderr.isTTY === true) {
        isShown = true
        stderr.write(`\r\x1b[K${text.slice(0, Math.max(10, (stderr.columns ?? 80) - 1))}`)
        return
      }
      pending = text
      const wait = quietFor - (performance.now() - begun)
      if (wait <= 0) flush()
      else timer ??= setTimeout(flush, wait)
    },
    clear() {
      pending = undefined
      if (isShown) stderr.write('\r\x1b[K')
      isShown = false
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      progress.clear()
      running.delete(stderr)
    },
  }
  running.set(stderr, progress)
  return progress
}
