import type { Row } from './benchmark.ts'

const LINE = 22
const LABEL = 260
const WIDTH = 420
/** What the width of the plot stands for: twice the bar. */
const REACH = 2

/** An SVG plot: each figure as a share of its bar, shorter is better. */
export function plot(rows: readonly Row[]): string {
  const height = rows.length * LINE + 40
  const bars = rows.map(({ what, figure, bar, aim }, index) => {
    const y = index * LINE + 24
    const share = (value: number) => Math.min(value / bar / REACH, 1) * WIDTH
    const colour = figure <= aim ? '#2da44e' : figure <= bar ? '#bf8700' : '#cf222e'
    return `  <text x="${LABEL - 8}" y="${y + 12}" text-anchor="end">${escaped(what)}</text>
  <rect x="${LABEL}" y="${y}" width="${share(figure).toFixed(1)}" height="14" fill="${colour}"/>
  <line x1="${LABEL + share(aim)}" x2="${LABEL + share(aim)}" y1="${y}" y2="${y + 14}" stroke="#656d76"/>`
  })
  const middle = LABEL + WIDTH / REACH
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${LABEL + WIDTH + 20}" height="${height}" font-family="sans-serif" font-size="11" fill="#656d76">
  <title>Each figure as a share of its bar</title>
  <text x="${middle}" y="14" text-anchor="middle">bar (grey line: aim)</text>
${bars.join('\n')}
  <line x1="${middle}" x2="${middle}" y1="18" y2="${height - 12}" stroke="#656d76" stroke-dasharray="3 3"/>
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
