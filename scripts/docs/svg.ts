/** A run of characters that look the same. */
export interface Run {
  column: number
  /** In cells. */
  width: number
  text: string
  /** CSS colours. */
  foreground: string
  background?: string | undefined
  bold: boolean
}

const CELL = { width: 8.4, height: 18 }
const PADDING = 14
const BAR = 30
export const paper = '#1b1d23'
export const ink = '#d6d9e0'

/** A window with a terminal's content, as a picture. */
export function windowSvg(title: string, rows: Run[][], columns: number): string {
  const width = round(columns * CELL.width + 2 * PADDING)
  const height = round(rows.length * CELL.height + 2 * PADDING + BAR)
  const lights = ['#ee6a5f', '#f5bd4f', '#61c454'].map(
    (colour, index) => `<circle cx="${18 + 18 * index}" cy="15" r="5.5" fill="${colour}"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="100%" height="100%" rx="8" fill="${paper}"/>`,
    ...lights,
    `<text x="50%" y="20" text-anchor="middle" font-family="system-ui, sans-serif" font-size="13" fill="#8a90a0">${escaped(title)}</text>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve" style="white-space: pre">`,
    ...rows.flatMap((row, index) => row.flatMap((run) => runSvg(run, index))),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

function runSvg({ column, width, text, foreground, background, bold }: Run, row: number): string[] {
  const [x, top] = [round(PADDING + column * CELL.width), round(BAR + PADDING + row * CELL.height)]
  const size = round(width * CELL.width)
  const rect =
    background === undefined
      ? []
      : [`<rect x="${x}" y="${top}" width="${size}" height="${CELL.height}" fill="${background}"/>`]
  if (text.trim() === '') return rect
  const weight = bold ? ' font-weight="bold"' : ''
  const y = round(top + CELL.height * 0.74)
  return [...rect, `<text x="${x}" y="${y}" textLength="${size}" fill="${foreground}"${weight}>${escaped(text)}</text>`]
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
