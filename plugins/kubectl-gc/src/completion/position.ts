import { flagOf, flagsOf, readWords, type Typed } from './read-words.ts'
import type { Flag, Table, Values } from './table.ts'

/** What the word that is being completed can be. */
export type Position =
  | { in: 'command'; topic: string | undefined }
  | { in: 'flags'; flags: Record<string, Flag> }
  | { in: 'values'; values: Values }
  /** A command line of the session's, behind `--`. */
  | { in: 'rest' }

export interface Place {
  position: Position
  /** The part of the word that candidates begin with. */
  prefix: string
  /** The arguments before it. */
  args: string[]
  /** The flags before it, by their long names. */
  given: Map<string, string>
}

/** Reads a command line whose last word, often an empty one, is being completed. */
export function placeOf(words: readonly string[], table: Table): Place {
  const word = words.at(-1) ?? ''
  const typed = readWords(words.slice(0, -1), table)
  const args = typed.plain.slice(typed.id?.split(':').length)
  const at = word.startsWith('-') && typed.open === undefined && !typed.dashes ? word.indexOf('=') : -1
  return { position: positionOf(word, typed, table), prefix: word.slice(at + 1), args, given: typed.given }
}

function positionOf(word: string, { id, plain, given, open, dashes }: Typed, table: Table): Position {
  if (dashes) return { in: 'rest' }
  if (open !== undefined) return { in: 'values', values: open.values ?? [] }
  const flags = flagsOf(id, table)
  if (word.startsWith('-')) {
    if (word.includes('=')) return { in: 'values', values: flagOf(word, flags)?.flag.values ?? ['true', 'false'] }
    const left = Object.entries(flags).filter(([name, flag]) => flag.multiple === true || !given.has(name))
    return { in: 'flags', flags: Object.fromEntries(left) }
  }
  if (id === undefined) {
    const [topic, ...more] = plain[0] === 'help' ? plain.slice(1) : plain
    return more.length === 0 ? { in: 'command', topic } : { in: 'values', values: [] }
  }
  return { in: 'values', values: argumentAt(id, plain.length - id.split(':').length, table) }
}

/** What the argument with this index can be; of the last one there can be more. */
function argumentAt(id: string, index: number, { commands }: Table): Values {
  const args = commands[id]?.args ?? []
  const last = args.at(-1)
  return (args[index] ?? (last?.multiple === true ? last : undefined))?.values ?? []
}
