import { type SessionInfo, toSessionObject } from '@kubectl-gc/session-provider'
import { UsageError } from '../errors/usage.ts'
import { parseDuration } from '../flags/duration.ts'
import { jsonPath, relaxedJsonPath } from '../output/jsonpath/jsonpath.ts'
import { printFound } from '../output/jsonpath/print.ts'

/** What a session is waited to be. */
export type Condition =
  | {
      kind: 'state'
      /**
       * Whether it is. @param session undefined: it is not there
       * @throws {UsageError} it will never be
       */
      isMet: (name: string, session: SessionInfo | undefined) => boolean
    }
  | {
      kind: 'screen'
      /** Whether it is. @param still milliseconds for which the screen has been the same */
      isMet: (screen: string, still: number) => boolean
    }

/** What `--for` takes, for people. */
export const conditionForms = 'running, finished, delete, prompt=TEXT, idle=DURATION, jsonpath={PATH}[=VALUE]'

/** Lines at the end of a screen among which a prompt is: agents show a status below it. */
const promptLines = 15

/** Reads the value of `--for`. @throws {UsageError} it is no condition */
export function parseCondition(text: string): Condition {
  const [, word = '', value] = /^([^=]*)(?:=([\s\S]*))?$/.exec(text) ?? []
  if (value === undefined) {
    const state = states[word.toLowerCase()]
    if (state !== undefined) return { kind: 'state', isMet: state }
  } else if (value !== '') {
    if (word === 'prompt') return { kind: 'screen', isMet: (screen) => hasPrompt(screen, value) }
    if (word === 'idle') return idleFor(value)
    if (word === 'jsonpath') return fieldCondition(value)
  }
  throw new UsageError(`unrecognized condition: ${JSON.stringify(text)}`, `use one of ${conditionForms}`)
}

const states: Record<string, (name: string, session: SessionInfo | undefined) => boolean> = {
  delete: (_name, session) => session === undefined,
  finished: (name, session) => present(name, session).phase === 'Finished',
  running(name, session) {
    const { phase, message } = present(name, session)
    if (phase !== 'Finished') return phase === 'Running'
    throw new UsageError(`session "${name}" has ended: ${message ?? 'it runs no more'}`, `kubectl gc restart ${name}`)
  },
}

function present(name: string, session: SessionInfo | undefined): SessionInfo {
  if (session !== undefined) return session
  throw new UsageError(`session "${name}" not found`, 'kubectl gc list')
}

function hasPrompt(screen: string, prompt: string): boolean {
  const plain = (line: string) => line.replaceAll('\u00a0', ' ').trim()
  const lines = screen.trimEnd().split('\n').slice(-promptLines)
  return lines.some((line) => plain(line).startsWith(plain(prompt)))
}

function idleFor(text: string): Condition {
  const least = parseDuration(text)
  if (least === undefined) throw new UsageError(`idle must be a duration such as 10s, not ${JSON.stringify(text)}`)
  return { kind: 'screen', isMet: (_screen, still) => still >= least }
}

function fieldCondition(text: string): Condition {
  const [, braced, bare, value] = /^(?:(\{[\s\S]*\})|([^={}]+))(?:=([^}]*))?$/.exec(text) ?? []
  const path = braced === undefined ? relaxedJsonPath(bare ?? text) : jsonPath(braced)
  return {
    kind: 'state',
    isMet(name, session) {
      const found = path.find(toSessionObject(present(name, session)))
      return value === undefined ? found.flat().length > 0 : printFound(found) === value
    },
  }
}
