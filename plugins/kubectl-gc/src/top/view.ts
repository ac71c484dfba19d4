import type { SessionInfo } from '@kubectl-gc/session-provider'
import { age } from '../output/age.ts'
import { statusWord } from '../output/session-table.ts'
import type { State } from './state.ts'
import { cut, cutStart, fit, textWidth } from './width.ts'

/** One line of the screen, as wide as that. */
export interface Line {
  text: string
  style?: 'reverse' | 'bold'
  /** A session's state in it, which has a colour where there are any. */
  status?: { from: number; to: number; word: string }
}

/** A screen, and where the cursor is on it when it is shown; counted from 0. */
export interface View {
  lines: Line[]
  cursor?: { row: number; column: number }
}

export interface Surroundings {
  namespace: string
  now: Date
  columns: number
  rows: number
}

const help = 'up/down select   Enter nudge   q quit'
const typing = 'Enter sends, Esc does not'
/** Lines that are neither of the list nor of the pane: title, headers, the pane's name, the bottom. */
const FIXED = 4

/** What is shown of a state on a screen of this size. */
export function viewOf(state: State, { namespace, now, columns, rows }: Surroundings): View {
  const room = Math.max(0, rows - FIXED)
  const listed = Math.min(Math.max(1, state.sessions.length), Math.max(1, Math.floor(room / 3)))
  const count = `${state.sessions.length} ${state.sessions.length === 1 ? 'session' : 'sessions'}`
  const old = state.oldSince === undefined ? '' : `, old: as of ${clock(state.oldSince)}`
  const title = `kubectl gc top   namespace ${namespace}   ${count}${old}`
  const bottom = bottomLine(state, columns)
  const lines: Line[] = [
    { text: spread(title, clock(now), columns), style: 'reverse' },
    ...list(state, now, columns, listed),
    { text: fit(`-- ${state.selected ?? 'no session'} ${'-'.repeat(columns)}`, columns) },
    ...paneLines(state, columns, room - listed).map((text) => ({ text: fit(text, columns) })),
    bottom.line,
  ]
  const shown = lines.slice(-rows)
  return bottom.column === undefined
    ? { lines: shown }
    : { lines: shown, cursor: { row: shown.length - 1, column: bottom.column } }
}

function clock(time: Date): string {
  return time.toTimeString().slice(0, 8)
}

function list(state: State, now: Date, columns: number, height: number): Line[] {
  const cells = state.sessions.map((session) => cellsOf(session, now))
  const headers = ['NAME', 'STATUS', 'AGE', 'AGENT']
  const widths = headers.map((header, index) =>
    Math.max(...[headers, ...cells].map((row) => textWidth(row[index] ?? header))),
  )
  const rowText = (mark: string, row: string[]) =>
    fit(`${mark} ${row.map((cell, index) => fit(cell, widths[index] ?? 0)).join('   ')}`, columns)
  const at = state.sessions.findIndex(({ name }) => name === state.selected)
  const first = Math.max(0, Math.min(at - Math.floor(height / 2), state.sessions.length - height))
  const rows = cells.slice(first, first + height).map((row, index): Line => {
    const from = fit(row[0] ?? '', widths[0] ?? 0).length + 5
    const status = { from, to: from + (widths[1] ?? 0), word: row[1] ?? '' }
    const isSelected = first + index === at
    return { text: rowText(isSelected ? '>' : ' ', row), status, ...(isSelected ? { style: 'bold' } : {}) }
  })
  if (rows.length === 0) rows.push({ text: fit('  none; start one: kubectl gc start NAME', columns) })
  return [{ text: rowText(' ', headers) }, ...rows]
}

function cellsOf(session: SessionInfo, now: Date): string[] {
  return [session.name, statusWord(session), age(session.createdAt, now), session.agent]
}

/** The end of the pane, at the top of its place, as a terminal has it; what keeps it from being seen comes last. */
function paneLines({ pane, paneNote, sessions, selected }: State, columns: number, height: number): string[] {
  const text = pane.trimEnd()
  const session = sessions.find(({ name }) => name === selected)
  const notes = [paneNote, session === undefined || session.phase === 'Running' ? '' : whyNot(session)]
  const all = [...(text === '' ? [] : text.split('\n')), ...notes.flatMap((note) => folded(note, columns))]
  const shown = height > 0 ? all.slice(-height) : []
  return [...shown, ...Array.from({ length: Math.max(0, height - shown.length) }, () => '')]
}

/** Why a session that does not run has no terminal to show. */
function whyNot(session: SessionInfo): string {
  const { message, exitCode } = session
  const ended = exitCode === undefined ? '' : `, exit code ${exitCode}`
  return `${statusWord(session)}${ended}${message === undefined ? '' : `: ${message}`}`
}

/** A text in lines of at most so many columns. */
function folded(text: string, columns: number): string[] {
  const lines: string[] = []
  for (let rest = text.replace(/\s+/g, ' '); rest !== ''; ) {
    const line = cut(rest, columns) || [...rest].slice(0, 1).join('')
    lines.push(line)
    rest = rest.slice(line.length)
  }
  return lines
}

function bottomLine({ message, notice, selected }: State, columns: number): { line: Line; column?: number } {
  if (message === undefined) return { line: { text: spread(notice, help, columns), style: 'reverse' } }
  const prompt = `nudge ${selected}> `
  const room = columns - textWidth(prompt) - typing.length - 3
  const typed = cutStart(message.replaceAll('\n', '\u23ce'), Math.max(1, room))
  const column = Math.min(columns - 1, textWidth(prompt + typed))
  return { line: { text: spread(prompt + typed, room > 10 ? typing : '', columns) }, column }
}

/** One text at the left and one at the right; where there is no room for both, the left one. */
function spread(left: string, right: string, columns: number): string {
  const space = columns - textWidth(left) - textWidth(right)
  return space < 1 ? fit(left === '' ? right : left, columns) : left + ' '.repeat(space) + right
}
