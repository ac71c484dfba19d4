/**
 * The name that was most likely meant by a word that is none. It begins with the word, of which two characters or more
 * are there, or at most a third of the word's characters (but always one) lead to it when each is inserted, removed,
 * replaced or swapped with its neighbour. Capitals and small letters are the same. Of several the nearest, and of
 * those the first.
 * @returns undefined: none is near
 */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const meant = word.toLowerCase()
  const most = Math.max(1, Math.floor(meant.length / 3))
  const ranked = names.map((name) => ({ name, ...distance(meant, name.toLowerCase()) }))
  const near = ranked.filter(({ isBegun, changes }) => isBegun || changes <= most)
  const [best] = near.sort((a, b) => Number(b.isBegun) - Number(a.isBegun) || a.changes - b.changes)
  return best?.name
}

function distance(word: string, name: string): { isBegun: boolean; changes: number } {
  return { isBegun: word.length > 1 && name.startsWith(word), changes: changesBetween(word, name) }
}

/** How many characters must be inserted, removed, replaced or swapped with their neighbour to make `a` into `b`. */
function changesBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped))
    }
  }
  return at(a.length, b.length)
}
