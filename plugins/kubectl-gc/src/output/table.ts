const gap = 3

/** Lays rows out in columns under their headers, as kubectl does: left aligned, three spaces between, none at the end. */
export function table(headers: string[], rows: string[][]): string {
  const all = [headers, ...rows]
  const widths = headers.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => row.map((cell, column) => cell.padEnd((widths[column] ?? 0) + gap)).join('')
  return all.map((row) => `${line(row).trimEnd()}\n`).join('')
}
