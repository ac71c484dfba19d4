import type { SessionInfo } from '@kubectl-gc/session-provider'
import { age } from './age.ts'
import { paintStatus } from './colour.ts'
import { type TableOptions, table } from './table.ts'

/** What only the session itself can tell. */
export interface Live {
  lastActivity: Date
  /** The last line of its terminal that is not empty. */
  lastLine: string
}

/** What a table of sessions shows beside the name, the state, the age and the agent. */
export interface TableView {
  now: Date
  /** Activity, node, pod, image and the last line. */
  wide?: boolean
  namespaces?: boolean
  labels?: boolean
  colour?: boolean
  headers?: boolean
  widths?: number[]
  /** What is known live of a session; undefined: it could not be asked, or does not run. */
  live?: (session: SessionInfo) => Live | undefined
}

interface Column {
  header: string
  cell: (session: SessionInfo, view: TableView) => string
  shown?: (view: TableView) => boolean
}

const wide = (view: TableView) => view.wide === true
const none = '<none>'

const columns: Column[] = [
  { header: 'NAMESPACE', cell: ({ namespace }) => namespace, shown: (view) => view.namespaces === true },
  { header: 'NAME', cell: ({ name }) => name },
  { header: 'STATUS', cell: statusWord },
  { header: 'AGE', cell: ({ createdAt }, { now }) => age(createdAt, now) },
  { header: 'AGENT', cell: ({ agent }) => agent },
  { header: 'ACTIVITY', cell: (session, view) => activity(session, view), shown: wide },
  { header: 'NODE', cell: ({ node }) => node ?? none, shown: wide },
  { header: 'POD', cell: ({ pod }) => pod, shown: wide },
  { header: 'IMAGE', cell: ({ image }) => image, shown: wide },
  { header: 'LABELS', cell: ({ labels }) => labelText(labels), shown: (view) => view.labels === true },
  { header: 'LAST LINE', cell: (session, { live }) => live?.(session)?.lastLine ?? '', shown: wide },
]

/** A session's state in one word: its phase, or what keeps it from the phase that it should have. */
export function statusWord(session: SessionInfo): string {
  return session.reason ?? session.phase
}

/** `kubectl gc list`, for people. */
export function sessionTable(sessions: SessionInfo[], view: TableView): string {
  const shown = columns.filter((column) => column.shown?.(view) ?? true)
  const rows = sessions.map((session) => shown.map(({ cell }) => cell(session, view)))
  const headers = shown.map(({ header }) => header)
  const paint: TableOptions['paint'] = (padded, cell, header) =>
    header === 'STATUS' ? paintStatus(padded, cell) : padded
  return table(headers, rows, {
    withHeaders: view.headers,
    widths: view.widths,
    paint: view.colour ? paint : undefined,
  })
}

function activity(session: SessionInfo, { now, live }: TableView): string {
  const at = live?.(session)?.lastActivity
  if (at !== undefined) return age(at, now)
  return session.phase === 'Running' ? '<unknown>' : none
}

function labelText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return pairs.length === 0 ? none : pairs.sort().join(',')
}
