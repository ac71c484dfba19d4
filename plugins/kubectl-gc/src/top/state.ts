import type { SessionChange, SessionInfo } from '@kubectl-gc/session-provider'

/** What `top` knows and shows. */
export interface State {
  /** Sorted by name. */
  sessions: SessionInfo[]
  /** Until when they were surely so, if that is long ago; undefined: they are. */
  oldSince?: Date | undefined
  selected: string | undefined
  /** What the selected session's terminal shows, and what keeps it from being seen. */
  pane: string
  paneNote: string
  /** What is being typed for the selected session; undefined: nothing is. */
  message: string | undefined
  /** Whether a paste goes on, in which a line end does not send. */
  pasting: boolean
  /** What became of the last thing that was done. */
  notice: string
}

export const initial: State = {
  ...{ sessions: [], selected: undefined, pane: '', paneNote: '', message: undefined, pasting: false, notice: '' },
}

/** A key as `node:readline` names it. */
export interface Key {
  name?: string | undefined
  ctrl?: boolean | undefined
  meta?: boolean | undefined
  sequence?: string | undefined
}

/** What a key asks of the world. */
export type Wish = { do: 'quit' } | { do: 'nudge'; name: string; text: string }

/** The state once a session has come, changed or gone. One that was selected and has gone makes way for its neighbour. */
export function withChange(state: State, { type, session }: SessionChange): State {
  const at = state.sessions.findIndex(({ name }) => name === session.name)
  const others = state.sessions.filter(({ name }) => name !== session.name)
  const sessions = type === 'removed' ? others : [...others, session].sort((a, b) => (a.name < b.name ? -1 : 1))
  const isThere = sessions.some(({ name }) => name === state.selected)
  const next = isThere ? state.selected : sessions[Math.min(Math.max(0, at), sessions.length - 1)]?.name
  if (next === state.selected) return { ...state, sessions }
  return { ...select({ ...state, sessions }, next), message: undefined }
}

/** The state once a key was pressed, and what it asks for. */
export function withKey(state: State, key: Key): { state: State; wish?: Wish } {
  if (key.ctrl === true && key.name === 'c') return { state, wish: { do: 'quit' } }
  return state.message === undefined ? browse(state, key) : type(state, state.message, key)
}

function browse(state: State, { name }: Key): { state: State; wish?: Wish } {
  const steps: Record<string, number> = { up: -1, k: -1, down: 1, j: 1, home: -1e9, end: 1e9 }
  const step = Object.hasOwn(steps, name ?? '') ? steps[name ?? ''] : undefined
  if (step !== undefined) {
    const at = state.sessions.findIndex((session) => session.name === state.selected)
    const next = state.sessions[Math.max(0, Math.min(state.sessions.length - 1, at + step))]
    return { state: select(state, next?.name) }
  }
  if (name === 'q') return { state, wish: { do: 'quit' } }
  const canType = (name === 'return' || name === 'n') && state.selected !== undefined
  return { state: canType ? { ...state, message: '', notice: '' } : state }
}

function type(state: State, message: string, key: Key): { state: State; wish?: Wish } {
  const typed = (text: string) => ({ state: { ...state, message: text } })
  switch (key.name) {
    case 'paste-start':
      return { state: { ...state, pasting: true } }
    case 'paste-end':
      return { state: { ...state, pasting: false } }
    case 'escape':
      return { state: { ...state, message: undefined } }
    case 'backspace':
      return typed([...message].slice(0, -1).join(''))
    case 'return':
    case 'enter': {
      if (state.pasting) return typed(`${message}\n`)
      const rest = { ...state, message: undefined }
      if (message === '' || state.selected === undefined) return { state: rest }
      const wish: Wish = { do: 'nudge', name: state.selected, text: message }
      return { state: { ...rest, notice: `nudging ${state.selected} ...` }, wish }
    }
  }
  if (key.ctrl === true) return key.name === 'u' ? typed('') : { state }
  const isText = key.meta !== true && /^[^\x00-\x08\x0b-\x1f\x7f]+$/.test(key.sequence ?? '')
  return isText ? typed(message + key.sequence) : { state }
}

function select(state: State, selected: string | undefined): State {
  return selected === state.selected ? state : { ...state, selected, pane: '', paneNote: '' }
}
