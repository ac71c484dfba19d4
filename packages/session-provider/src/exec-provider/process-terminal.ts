import type { AttachTerminal } from '../verbs/attach.ts'

/** This process's own terminal, in raw mode until `restore`. */
export function processTerminal(): AttachTerminal & { restore(): void } {
  const { stdin, stdout } = process
  if (stdin.isTTY) stdin.setRawMode(true)
  const restore = () => {
    if (stdin.isTTY) stdin.setRawMode(false)
  }
  process.once('exit', restore)
  return {
    input: stdin,
    output: stdout,
    term: process.env.TERM,
    size: () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }),
    onResize(listener) {
      stdout.on('resize', listener)
      return () => stdout.off('resize', listener)
    },
    restore,
  }
}
