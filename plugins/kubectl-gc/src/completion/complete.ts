import { copyEnd } from './copy-end.ts'
import { fieldPaths } from './fields.ts'
import type { Place } from './position.ts'
import { placeOf } from './position.ts'
import { type Candidate, directives, nothing, type Reply } from './reply.ts'
import type { Flag, Table, Values } from './table.ts'

/** Values that are not known beforehand. May reject: then there are none. */
export type Lookup = (values: Values, place: Place) => Promise<Candidate[]>

/** What can stand for the last of `words`, which is often empty. The words before it are what follows `kubectl gc`. */
export async function complete(words: readonly string[], table: Table, lookup: Lookup): Promise<Reply> {
  const place = placeOf(words, table)
  const { position, prefix, args } = place
  if (position.in === 'rest') return { candidates: [], directive: directives.files }
  if (position.in === 'command') return reply(commandsIn(position.topic, table), prefix)
  if (position.in === 'flags') return reply(flagNames(position.flags), prefix)
  const { values } = position
  if (values === 'file') return { candidates: [], directive: directives.files }
  if (values === 'folder') return { candidates: [], directive: directives.folders }
  if (values === 'any') return nothing
  if (values === 'copy end') return copyEnd(place, lookup)
  if (values === 'field') return fieldPaths(prefix, table)
  if (values === 'assignment' && prefix.includes('=')) return nothing
  const found = isFixed(values) ? values.map((value) => ({ value })) : await fromTable(values, place, table, lookup)
  const left = found.filter(({ value }) => !args.includes(value))
  return reply(left, prefix)
}

function isFixed(values: Values): values is readonly string[] {
  return typeof values !== 'string'
}

async function fromTable(values: Values, place: Place, table: Table, lookup: Lookup): Promise<Candidate[]> {
  const bundle = table.bundles[place.args[0] ?? '']
  switch (values) {
    case 'command':
      return commandsIn(place.args[0], table)
    case 'bundle':
      return Object.keys(table.bundles).map((value) => ({ value }))
    case 'overlay':
      return (bundle?.overlays ?? []).map((value) => ({ value }))
    case 'assignment':
      return Object.entries(bundle?.values ?? {}).map(([path, meaning]) => ({ value: `${path}=`, meaning }))
    default:
      return lookup(values, place)
  }
}

function commandsIn(topic: string | undefined, { commands, topics }: Table): Candidate[] {
  const begin = topic === undefined ? '' : `${topic}:`
  const found = Object.entries(commands)
    .filter(([id]) => id.startsWith(begin) && !id.slice(begin.length).includes(':'))
    .map(([id, { summary }]) => ({ value: id.slice(begin.length), meaning: summary }))
  if (topic !== undefined) return found
  return [...found, ...Object.entries(topics).map(([value, meaning]) => ({ value, meaning }))]
}

function flagNames(flags: Record<string, Flag>): Candidate[] {
  return Object.entries(flags).map(([name, { summary }]) => ({ value: `--${name}`, meaning: summary }))
}

/** Behind what ends with = something follows, so no space does. */
function reply(candidates: Candidate[], prefix: string): Reply {
  const fitting = candidates.filter(({ value }) => value.startsWith(prefix))
  const goesOn = fitting.length > 0 && fitting.every(({ value }) => value.endsWith('='))
  return { candidates: fitting, directive: directives.noFiles | (goesOn ? directives.noSpace : 0) }
}
