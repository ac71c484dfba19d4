import { createHash } from 'node:crypto'

/** Characters of a part's hash: enough to tell versions of one part apart. */
const length = 8

/** A short text that is the same exactly when the parts are: a hash for each part that is there. */
export function fingerprint(parts: Record<string, unknown>): string {
  return Object.entries(parts)
    .map(([name, value]) => [name, stable(value)] as const)
    .filter(([, text]) => text !== undefined && text !== '{}' && text !== '""')
    .map(
      ([name, text]) =>
        `${name}=${createHash('sha256')
          .update(text as string)
          .digest('hex')
          .slice(0, length)}`,
    )
    .join(',')
}

/** The names of the parts in which two fingerprints differ, in their order. */
export function differences(before: string, after: string): string[] {
  const [old, now] = [parse(before), parse(after)]
  return [...new Set([...now.keys(), ...old.keys()])].filter((name) => old.get(name) !== now.get(name))
}

function parse(text: string): Map<string, string> {
  return new Map(text.split(',').map((part) => part.split('=', 2) as [string, string]))
}

/** JSON with sorted keys, without what is undefined. */
function stable(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
