import { createHash } from 'node:crypto'

/** SHA-256 in hex of JSON as Helm's `toJson` writes it: keys sorted, and `<`, `>`, `&`, U+2028 and U+2029 escaped. */
export function checksumOf(values: unknown[]): string {
  const json = JSON.stringify(sorted(values)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return createHash('sha256').update(json).digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value ?? null
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]))
}
