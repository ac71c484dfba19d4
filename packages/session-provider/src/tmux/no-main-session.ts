import { TmuxError } from '../errors.ts'

/** tmux has no session `main` there. */
export class NoMainSession extends TmuxError {
  static override readonly name: string = 'NoMainSession'
}

/**
 * tmux's words for a target in `main` when there is none: those of finding a session, a pane, and an environment; and
 * for a server that has gone, which goes with its last session.
 */
export function saysNoMain(message: string): boolean {
  return (
    /^(can't find (session|window|pane)|no such session): =?main\b/.test(message) ||
    /^(no server running on |error connecting to .* \((No such file or directory|Connection refused)\)$)/.test(message)
  )
}

/** tmux's words for a server that goes before it has answered: it may have carried out what it was told. */
export function saysServerLost(message: string): boolean {
  return /^(server exited unexpectedly|lost server)\b/.test(message)
}
