import type { AttachTerminal } from '@kubectl-gc/session-provider'
import type { Runtime } from '../runtime.ts'

/** Leaves what tmux may have switched on: the second screen, a hidden cursor, mouse and paste reports, keypad modes. */
const reset = '\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1l\x1b>\x1b[0m'

/** This process's terminal, as `attach` takes it. */
export function thisTerminal({ stdin, stdout, env }: Runtime): AttachTerminal {
  return {
    input: stdin,
    output: stdout,
    term: env.TERM,
    size: () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }),
    onResize(listener) {
      stdout.on('resize', listener)
      return () => stdout.off('resize', listener)
    },
  }
}

/**
 * Runs `body` with the terminal in raw mode, which is put back however that ends, the end of the process included.
 * What tmux left switched on is switched off when `body` fails, since tmux could not do it then.
 */
export async function inRawMode<T>({ stdin, stdout }: Runtime, body: () => Promise<T>): Promise<T> {
  const restore = () => void stdin.setRawMode?.(false)
  const onExit = () => {
    restore()
    stdout.write(reset)
  }
  process.on('exit', onExit)
  stdin.setRawMode?.(true)
  try {
    return await body()
  } catch (error) {
    stdout.write(reset)
    throw error
  } finally {
    restore()
    stdin.pause()
    process.off('exit', onExit)
  }
}
