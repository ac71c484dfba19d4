import type { Session } from '../session.ts'

/** Which part of a terminal is read. */
export interface PeekRange {
  /** The last so many lines; 0 or less: all that the history holds. Default 50. */
  lines?: number | undefined
}

/**
 * The last lines of the session's terminal, scrollback included, without the empty rows below its last line of text.
 * Each line ends with a newline.
 */
export async function peek(session: Session, range: PeekRange = {}): Promise<string> {
  const lines = range.lines ?? 50
  const start = lines > 0 ? -lines : '-'
  const pane = (await session.tmux.run(`capture-pane -p -t =main: -S ${start}`)).toString()
  return lastRows(pane, lines)
}

/** The last so many rows of a pane's text, or all, without the empty ones at its end. */
export function lastRows(pane: string, lines: number): string {
  const text = pane.replace(/\s+$/, '')
  if (text === '') return ''
  const rows = text.split('\n')
  return `${(lines > 0 ? rows.slice(-lines) : rows).join('\n')}\n`
}
