import type { MemoryTerminal } from './terminal.ts'

/** What a session has printed, and with `follow` what it prints until it ends. */
export async function* printed(
  terminal: MemoryTerminal,
  follow: boolean,
  tailLines: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const waiting: string[] = [tailLines === undefined ? terminal.text : tail(terminal.text, tailLines)]
  let wake = () => {}
  const stop = terminal.onPrint((text) => {
    waiting.push(text)
    wake()
  })
  const abort = () => wake()
  signal?.addEventListener('abort', abort, { once: true })
  terminal.ended.then(() => wake())
  try {
    for (;;) {
      const over = !follow || terminal.exitCode !== undefined
      for (const text of waiting.splice(0)) if (text !== '') yield Buffer.from(text)
      signal?.throwIfAborted()
      if (over && waiting.length === 0) return
      if (waiting.length > 0) continue
      await new Promise<void>((resolve) => {
        wake = resolve
        if (terminal.exitCode !== undefined) resolve()
      })
    }
  } finally {
    stop()
    signal?.removeEventListener('abort', abort)
  }
}

function tail(text: string, lines: number): string {
  const all = text.split('\n')
  const count = lines + (all.at(-1) === '' ? 1 : 0)
  return lines <= 0 ? '' : all.slice(-count).join('\n')
}
