import type { Output } from '../runtime.ts'

/** Tells a person what is being waited for. On a terminal one line is rewritten; elsewhere lines appear after ten seconds. */
export interface Progress extends Disposable {
  step(text: string): void
  /** Makes room for a line on another stream. */
  clear(): void
}

/** Ends, and leaves the terminal clean, when it is disposed of. */
export function startProgress(stderr: Output, quietFor = 10_000): Progress {
  const begun = performance.now()
  let pending: string | undefined
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    if (pending !== undefined) stderr.write(`${pending}\n`)
    pending = undefined
  }
  return {
    step(text) {
      if (stderr.isTTY === true) {
        stderr.write(`\r\x1b[K${text.slice(0, Math.max(10, (stderr.columns ?? 80) - 1))}`)
        return
      }
      if (quietFor === undefined) return
      pending = text
      const wait = quietFor - (performance.now() - begun)
      if (wait <= 0) flush()
      else timer ??= setTimeout(flush, wait)
    },
    clear() {
      pending = undefined
      if (stderr.isTTY === true) stderr.write('\r\x1b[K')
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      this.clear()
    },
  }
}
