import { SUPERVISOR_SCRIPT } from './supervisor-script.ts'

/** How the supervisor is to run a session. */
export interface SupervisorOptions {
  /**
   * `start`: makes `main` and ends with it, with the agent's exit code. `provision`: makes no session, outlives any,
   * and ends at SIGTERM. Default `start`.
   */
  mode?: 'start' | 'provision' | undefined
  /**
   * Seconds that a staging may be silent: `start` makes `main` once `stagingDone` is sent to its tmux, and ends with
   * code 124 when it hears nothing of `stagingBeat` for so long. Default: nothing is staged.
   */
  staging?: number | undefined
  /** The agent's directory; made where there is none. Default: that of the container. */
  workDir?: string | undefined
  /** Shell text, of any length up to the kernel's limit for all arguments. Empty: an interactive shell. */
  command?: string | undefined
  /** Size of the session's window in character cells. Default 220 by 50. */
  paneSize?: { columns: number; rows: number } | undefined
  /** Lines of scrollback that tmux keeps. Default 50,000. */
  historyLimit?: number | undefined
  /** Copies what the pane prints to standard output. Default true. */
  mirror?: boolean | undefined
}

/** UTF-16 units per argument: at three bytes each still under the kernel's 128 KiB for one argument. */
const CHUNK_LENGTH = 32 * 1024

/**
 * The argument vector of the process that supervises one session, for PID 1 of a container that has `sh` and `tmux`.
 * Literal: whoever puts it into a pod must double every `$`.
 */
export function supervisorCommand(options: SupervisorOptions = {}): string[] {
  const { mode = 'start', command = '', paneSize, historyLimit = 50_000, mirror = true } = options
  const { staging = 0, workDir = '' } = options
  const { columns, rows } = paneSize ?? { columns: 220, rows: 50 }
  const settings = [
    mode,
    String(columns),
    String(rows),
    String(historyLimit),
    mirror ? '1' : '0',
    String(staging),
    workDir,
  ]
  return ['/bin/sh', '-c', SUPERVISOR_SCRIPT, 'gc-supervisor', ...settings, ...chunks(command)]
}

/** Whether a supervisor of these arguments, without the shell before them, waits for files. Undefined: they are of none. */
export function isStaged(args: readonly string[]): boolean | undefined {
  const [option, _script, name, mode, _columns, _rows, _history, _mirror, staging] = args
  return option === '-c' && name === 'gc-supervisor' && mode === 'start' ? staging !== '0' : undefined
}

function chunks(text: string): string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length; ) {
    const end = start + CHUNK_LENGTH
    const splitsPair = end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800
    pieces.push(text.slice(start, splitsPair ? end - 1 : end))
    start = splitsPair ? end - 1 : end
  }
  return pieces
}
