import type { SessionInfo } from '@kubectl-gc/session-provider'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { initial, type Key, type State, withChange, withKey } from '../../src/top/state.ts'
import { viewOf } from '../../src/top/view.ts'
import { cut, fit, textWidth } from '../../src/top/width.ts'

const now = new Date('2026-01-01T00:05:00Z')

function session(name: string, more: Partial<SessionInfo> = {}): SessionInfo {
  const createdAt = new Date('2026-01-01T00:00:00Z')
  return { name, phase: 'Running', agent: 'coder', createdAt, ...more } as SessionInfo
}

const withSessions = (...names: string[]) =>
  names.reduce<State>((state, name) => withChange(state, { type: 'added', session: session(name) }), initial)
const press = (state: State, ...keys: (Key | string)[]) =>
  keys.reduce<State>((at, key) => withKey(at, typeof key === 'string' ? { sequence: key } : key).state, state)
const screen = (state: State, columns = 80, rows = 24) =>
  viewOf(state, { namespace: 'gc', now, columns, rows }).lines.map(({ text }) => text)

test('the first session is selected, and arrows move between sessions', () => {
  const state = withSessions('mayor', 'coder', 'zoe')
  expect(state.selected).toBe('mayor')
  expect(press(state, { name: 'up' }).selected).toBe('coder')
  expect(press(state, { name: 'up' }, { name: 'up' }).selected).toBe('coder')
  expect(press(state, { name: 'end' }).selected).toBe('zoe')
})

test('a session that goes makes way for its neighbour, and takes the message to it along', () => {
  const typing = press(withSessions('a', 'b', 'c'), { name: 'down' }, { name: 'return' }, 'h', 'i')
  expect(typing.message).toBe('hi')
  const gone = withChange({ ...typing, selected: 'b' }, { type: 'removed', session: session('b') })
  expect(gone).toMatchObject({ selected: 'c', message: undefined, pane: '' })
  expect(withChange(gone, { type: 'changed', session: session('a') }).selected).toBe('c')
})

test('a message is typed, pasted, corrected, and sent to the session that was selected', () => {
  let state = press(withSessions('a', 'b'), { name: 'return' }, 'r', 'm', { name: 'backspace' }, 'é', '日', {
    name: 'paste-start',
  })
  state = press(state, 'x', { name: 'return' }, 'y', { name: 'paste-end' })
  expect(state.message).toBe('ré日x\ny')
  expect(withKey(state, { name: 'return' }).wish).toEqual({ do: 'nudge', name: 'a', text: 'ré日x\ny' })
  expect(press(state, { name: 'escape' }).message).toBeUndefined()
  expect(withKey(press(state, { name: 'u', ctrl: true }), { name: 'return' }).wish).toBeUndefined()
})

test.for([{ name: 'q' }, { name: 'c', ctrl: true }])('%j leaves; q in a message is a letter', (key) => {
  expect(withKey(withSessions('a'), key).wish).toEqual({ do: 'quit' })
  const typing = press(withSessions('a'), { name: 'return' })
  expect(withKey(typing, { ...key, sequence: 'q' }).wish).toEqual(key.ctrl ? { do: 'quit' } : undefined)
})

test('at 80x24 there are the list, the pane and the keys', () => {
  const state = { ...withSessions('mayor', 'coder'), pane: 'first\nlast\n' }
  const shown = screen(state)
  expect(shown[0]).toMatch(/^kubectl gc top {3}namespace gc {3}2 sessions +\d\d:\d\d:00$/)
  expect(shown.slice(1, 4).map((line) => line.trimEnd())).toEqual([
    '  NAME    STATUS    AGE   AGENT',
    '  coder   Running   5m    coder',
    '> mayor   Running   5m    coder',
  ])
  expect(shown[4]).toMatch(/^-- mayor -+$/)
  expect(shown.slice(5, 8).map((line) => line.trimEnd())).toEqual(['first', 'last', ''])
  expect(shown.at(-1)).toMatch(/up\/down select {3}Enter nudge {3}q quit$/)
})

test('in the place of the terminal of a session that does not run is why', () => {
  const message = 'no node can take its pod: 0/1 nodes are available: 1 Insufficient cpu, and that is a long story'
  const stuck = session('a', { phase: 'Starting', reason: 'Unschedulable', message })
  const state = withChange(initial, { type: 'added', session: stuck })
  expect(screen(state).slice(4, 6).join('').trimEnd()).toBe(`Unschedulable: ${message}`)
  const ended = session('a', { phase: 'Finished', exitCode: 3, message: undefined, reason: 'Error' })
  expect(screen(withChange(state, { type: 'changed', session: ended }))[4]?.trimEnd()).toBe('Error, exit code 3')
})

test('of many sessions those around the selected one are shown', () => {
  const state = withSessions(...Array.from({ length: 100 }, (_, index) => `s${String(index).padStart(2, '0')}`))
  const shown = screen({ ...state, selected: 's50' })
  expect(shown.filter((line) => /^[> ] s\d/.test(line)).map((line) => line.slice(0, 5))).toEqual([
    '  s47',
    '  s48',
    '  s49',
    '> s50',
    '  s51',
    '  s52',
  ])
})

test('whatever is shown, the screen is exactly filled', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 })
  const states = fc.record({
    names: fc.uniqueArray(fc.stringMatching(/^[ -~]{1,30}$/), { maxLength: 30 }),
    pane: fc.array(text).map((lines) => lines.join('\n')),
    ...{ paneNote: text, notice: text, message: fc.option(text, { nil: undefined }) },
    ...{ columns: fc.integer({ min: 1, max: 200 }), rows: fc.integer({ min: 1, max: 60 }) },
  })
  fc.assert(
    fc.property(states, ({ names, columns, rows, ...rest }) => {
      const view = viewOf({ ...withSessions(...names), ...rest }, { namespace: 'gc', now, columns, rows })
      expect(view.lines).toHaveLength(rows)
      for (const line of view.lines) expect(textWidth(line.text)).toBe(columns)
      if (view.cursor !== undefined) expect(view.cursor.column).toBeLessThan(columns)
    }),
  )
})

test('texts are cut by columns, and control characters are none', () => {
  expect([cut('日本語', 5), fit('日本', 5), cut('a\x1b[2Jb', 10), textWidth('e\u0301')]).toEqual([
    '日本',
    '日本 ',
    'a [2Jb',
    1,
  ])
})
