import type { Flag, Table } from './table.ts'

/** What has been typed before the word that is being completed. */
export interface Typed {
  /** The id of the command, once it is there. */
  id: string | undefined
  /** Words that are neither flags nor values of flags; the command's own among them. */
  plain: string[]
  /** Values of flags by the flags' long names. */
  given: Map<string, string>
  /** The flag whose value comes next. */
  open: Flag | undefined
  /** Whether `--` has been typed. */
  dashes: boolean
}

const helpFlag: Flag = { summary: 'Show the help.', char: 'h' }

/** Reads words as far as completion needs it; what makes no sense is passed over. */
export function readWords(words: readonly string[], table: Table): Typed {
  const typed: Typed = { id: undefined, plain: [], given: new Map(), open: undefined, dashes: false }
  let openName = ''
  for (const word of words) {
    if (typed.open !== undefined) {
      typed.given.set(openName, word)
      typed.open = undefined
    } else if (word === '--') {
      return { ...typed, dashes: true }
    } else if (!word.startsWith('-') || word === '-') {
      typed.plain.push(word)
      typed.id = commandOf(typed.plain, table)
    } else {
      const found = flagOf(word, flagsOf(typed.id, table))
      if (found === undefined) continue
      const at = word.indexOf('=')
      typed.given.set(found.name, at === -1 ? '' : word.slice(at + 1))
      if (found.flag.values !== undefined && at === -1) typed.open = found.flag
      openName = found.name
    }
  }
  return typed
}

function commandOf(plain: string[], { commands }: Table): string | undefined {
  return [plain.slice(0, 2).join(':'), plain[0] ?? ''].find((id) => Object.hasOwn(commands, id))
}

/** Every flag that can be typed; before the command these are the global ones. */
export function flagsOf(id: string | undefined, { commands, globalFlags }: Table): Record<string, Flag> {
  return { ...(id === undefined ? {} : commands[id]?.flags), ...globalFlags, help: helpFlag }
}

/** The flag that a word names, with or without a value behind `=`. */
export function flagOf(word: string, flags: Record<string, Flag>): { name: string; flag: Flag } | undefined {
  const typed = word.replace(/=.*$/s, '')
  const found = Object.entries(flags).find(([name, { char }]) => typed === `--${name}` || typed === `-${char}`)
  return found === undefined ? undefined : { name: found[0], flag: found[1] }
}
