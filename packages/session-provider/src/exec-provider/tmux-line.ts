import { isUtf8 } from 'node:buffer'
import { shellWords } from './shell-words.ts'

/** A tmux command whose effect, output and exit code are the same by a control stream as by a shell. */
export interface TmuxLine {
  /** The command and its arguments. */
  words: string[]
  /** Whether it prints, and then a newline behind it all. */
  prints: boolean
  /** Whether it changes nothing. */
  reads: boolean
}

interface Form {
  /** Flags without a value, and those that must be there. */
  flags?: string
  needs?: string
  /** Flags with a value, and what the value may be. */
  values?: Record<string, RegExp>
  /** What the other words may be, all of them together. */
  words: (words: string[], given: Set<string>) => boolean
  prints?: true
  reads?: true
}

/** Bytes of a line that a shell's tmux takes for certain: it has a limit of its own. */
const LONGEST = 8192

/** A control client is in a session of its own, so what is not said to be about `main` would be about that one. */
const TARGET = /^=?main(:(\d+(\.\d+)?)?)?$/
const t = { t: TARGET }
const LINE_NUMBER = /^(-|-?\d{1,9})$/

/** Formats of what is the same whoever asks, and neither a command nor a time. */
const FORMAT = /^([^#%\n]|#\{(session|window|pane|history|cursor)_[a-z_]+\})*$/
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

const none = (words: string[]) => words.length === 0
const isName = (word = '') => NAME.test(word)

const FORMS: Record<string, Form> = {
  'send-keys': { flags: 'l', needs: 't', values: t, words: (words) => words.length > 0 && words.length <= 1000 },
  'capture-pane': {
    ...{ flags: 'peJ', needs: 'pt', values: { ...t, S: LINE_NUMBER, E: LINE_NUMBER } },
    ...{ words: none, prints: true, reads: true },
  },
  'clear-history': { needs: 't', values: t, words: none },
  'has-session': { needs: 't', values: t, words: none, reads: true },
  'show-environment': {
    ...{ needs: 't', values: t, words: (words) => words.length === 1 && isName(words[0]) },
    ...{ prints: true, reads: true },
  },
  'set-environment': { flags: 'ur', needs: 't', values: t, words: isAssignment },
  'display-message': {
    ...{ flags: 'p', needs: 'pt', values: t, words: (words) => words.length === 1 && FORMAT.test(words[0] ?? '') },
    ...{ prints: true, reads: true },
  },
  'list-panes': { needs: 't', values: t, words: none, prints: true, reads: true },
  'list-windows': { needs: 't', values: t, words: none, prints: true, reads: true },
}

function isAssignment(words: string[], given: Set<string>): boolean {
  const removes = given.has('u') || given.has('r')
  return isName(words[0]) && words.length === (removes ? 1 : 2)
}

/** Reads a shell's command line. Undefined unless it is sure to be such a command. */
export function tmuxLine(input: Buffer): TmuxLine | undefined {
  if (input.length > LONGEST || !isUtf8(input)) return undefined
  const text = input.toString()
  if (!/^[ \t]*tmux[ \t]/.test(text)) return undefined
  const [, command, ...rest] = shellWords(text) ?? []
  if (command === undefined || !Object.hasOwn(FORMS, command)) return undefined
  const { flags = '', needs = '', values = {}, words, prints = false, reads = false } = FORMS[command] as Form
  if (rest.some((word) => word.endsWith(';'))) return undefined // for tmux, the end of a command
  const given = new Set<string>()
  let at = 0
  for (; rest[at]?.startsWith('-') && rest[at] !== '-'; at += 1) {
    const flag = rest[at]?.slice(1) ?? ''
    if (flag === '-') {
      at += 1
      break
    }
    if (flag.length !== 1 || given.has(flag)) return undefined
    given.add(flag)
    if (flags.includes(flag)) continue
    at += 1
    if (values[flag]?.test(rest[at] ?? '') !== true) return undefined
  }
  const isComplete = [...needs].every((flag) => given.has(flag))
  const own = rest.slice(at)
  if (!isComplete || !words(own, given)) return undefined
  return { words: [command, ...rest], prints, reads }
}
