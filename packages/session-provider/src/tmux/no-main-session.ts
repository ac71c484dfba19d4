import { TmuxError } from '../errors.ts'

/** tmux has no session `main` there. */
export class NoMainSession extends TmuxError {
  static override readonly name: string = 'NoMainSession'
}

/** tmux's words for a target in `main` when there is none: those of finding a session, a pane, and an environment. */
export function saysNoMain(message: string): boolean {
  return /^(can't find (session|window|pane)|no such session): =?main\b/.test(message)
}
