const gap = 3

/** How a table is laid out. */
export interface TableOptions {
  /** Default true. */
  withHeaders?: boolean | undefined
  /** Width of the narrowest column. Default 0. */
  leastWidth?: number | undefined
  /** The width of each column so far; what is wider is written back, so that rows which follow line up. */
  widths?: number[] | undefined
  /** Gives a cell its colour; gets the cell as it is, and as it fills its column. */
  paint?: ((padded: string, cell: string, header: string) => string) | undefined
}

/** Lays rows out in columns under their headers, as kubectl does: left aligned, three spaces between, none at the end. */
export function table(headers: string[], rows: string[][], options: TableOptions = {}): string {
  const { withHeaders = true, leastWidth = 0, widths = [], paint = (padded) => padded } = options
  const all = withHeaders ? [headers, ...rows] : rows
  for (const [column] of headers.entries()) {
    const cells = all.map((row) => row[column]?.length ?? 0)
    widths[column] = Math.max(leastWidth, widths[column] ?? 0, ...cells)
  }
  const line = (row: string[], isHeader: boolean) => {
    const last = row.findLastIndex((cell) => cell !== '')
    const cells = row.slice(0, last + 1).map((cell, column) => {
      const padded = column === last ? cell.trimEnd() : cell.padEnd((widths[column] ?? 0) + gap)
      return isHeader ? padded : paint(padded, cell, headers[column] ?? '')
    })
    return `${cells.join('')}\n`
  }
  return all.map((row, index) => line(row, withHeaders && index === 0)).join('')
}
