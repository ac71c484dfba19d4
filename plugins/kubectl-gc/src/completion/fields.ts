import { type Candidate, directives, type Reply } from './reply.ts'
import type { Table } from './table.ts'

/** Paths of `explain`, a word further than what is typed; one that is typed in full makes way for those below it. */
export function fieldPaths(prefix: string, table: Table): Reply {
  const depth = prefix.split('.').length
  const here = pathsAt(depth, prefix, table)
  const isWhole = here.length === 1 && here[0]?.value === prefix
  const below = isWhole ? pathsAt(depth + 1, `${prefix}.`, table) : []
  const candidates = below.length > 0 ? below : here
  const goesOn = candidates.some(({ value }) => pathsAt(value.split('.').length + 1, `${value}.`, table).length > 0)
  return { candidates, directive: directives.noFiles | (goesOn ? directives.noSpace : 0) }
}

/** Every path of so many words that begins like this. */
function pathsAt(words: number, begin: string, { fields, bundles }: Table): Candidate[] {
  const [subject = ''] = begin.split('.')
  if (words === 1) {
    const names = [...Object.keys(fields), ...Object.keys(bundles)]
    return names.filter((name) => name.startsWith(begin)).map((value) => ({ value }))
  }
  const meanings = fields[subject] ?? bundles[subject]?.values ?? {}
  const found = new Map<string, string | undefined>()
  for (const [path, meaning] of Object.entries(meanings)) {
    if (path.includes('\\')) continue
    const all = [subject, ...path.split('.')]
    const value = all.slice(0, words).join('.')
    if (all.length < words || !value.startsWith(begin)) continue
    found.set(value, all.length === words ? meaning : found.get(value))
  }
  return [...found].map(([value, meaning]) => ({ value, meaning }))
}
