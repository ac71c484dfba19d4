import { spawnSync } from 'node:child_process'
import type { AttachTerminal } from '@kubectl-gc/session-provider'
import type { Runtime } from '../runtime.ts'

/** Leaves what tmux may have switched on: the second screen, a hidden cursor, mouse and paste reports, keypad modes. */
const leaveModes =
  '\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?1l\x1b>\x1b[0m\r\n'

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

/** A person's terminal while a program of a session has it: no key means anything here, and modes are tmux's to set. */
export interface RawTerminal extends Disposable {
  /** Switches off what tmux has switched on and, being cut off, could not switch off itself. */
  leaveModes(): void
}

/** Puts the terminal in raw mode until the value is disposed of, or the process ends in whatever way it still sees. */
export function rawTerminal({ stdin, stdout }: Runtime): RawTerminal {
  const leave = () => void stdout.write(leaveModes)
  const restore = () => void stdin.setRawMode?.(false)
  const onExit = () => {
    restore()
    leave()
  }
  process.on('exit', onExit)
  stdin.setRawMode?.(true)
  if (stdin === process.stdin) passOutputOn()
  return {
    leaveModes: leave,
    [Symbol.dispose]() {
      restore()
      stdin.pause()
      process.off('exit', onExit)
    },
  }
}

/**
 * Node's raw mode leaves the terminal to return the carriage at each line feed, by which a program of the session means
 * the line below. Where there is no `stty`, that stays. Raw mode's end puts it back.
 */
function passOutputOn(): void {
  spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] })
}

/** Runs `body` with the terminal in raw mode; what a program has switched on is switched off when `body` fails. */
export async function inRawMode<T>(runtime: Runtime, body: () => Promise<T>): Promise<T> {
  using raw = rawTerminal(runtime)
  try {
    return await body()
  } catch (error) {
    raw.leaveModes()
    throw error
  }
}
