import type { Terminal } from '../../e2e/support/terminal.ts'
import { ink, paper, type Run } from './svg.ts'

type Buffer = ReturnType<Terminal['buffer']>
type Cell = NonNullable<ReturnType<NonNullable<ReturnType<Buffer['getLine']>>['getCell']>>

const palette = [
  ...['#2c2f38', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4'],
  ...['#5c6370', '#ff7b86', '#b5e890', '#ffd68a', '#7cc4ff', '#dd92f5', '#6fd3e0', '#ffffff'],
]

/** What a terminal shows, from its first row to the last that shows something. */
export function runsOf(buffer: Buffer, rows: number): Run[][] {
  const all = Array.from({ length: rows }, (_, row) => runsOfLine(buffer, row))
  const last = all.findLastIndex((runs) => runs.length > 0)
  return all.slice(0, last + 1)
}

function runsOfLine(buffer: Buffer, row: number): Run[] {
  const line = buffer.getLine(buffer.viewportY + row)
  const runs: Run[] = []
  for (let column = 0; line !== undefined && column < line.length; column += 1) {
    const cell = line.getCell(column)
    if (cell === undefined || cell.getWidth() === 0) continue
    const run = { column, width: cell.getWidth(), text: cell.getChars() || ' ', ...look(cell) }
    const before = runs.at(-1)
    if (before !== undefined && isAlike(before, run)) {
      before.text += run.text
      before.width += run.width
    } else runs.push(run)
  }
  return runs.map(withoutBlanks).filter(({ text, background }) => text !== '' || background !== undefined)
}

/** Blanks at its end are of no use unless they have a colour. */
function withoutBlanks(run: Run): Run {
  const text = run.background === undefined ? run.text.trimEnd() : run.text
  return { ...run, text, width: run.width - (run.text.length - text.length) }
}

function isAlike(a: Run, b: Run): boolean {
  return a.foreground === b.foreground && a.background === b.background && a.bold === b.bold
}

function look(cell: Cell): Pick<Run, 'foreground' | 'background' | 'bold'> {
  const foreground = cell.isFgPalette() ? (palette[cell.getFgColor()] ?? ink) : ink
  const background = cell.isBgPalette() ? palette[cell.getBgColor()] : undefined
  const bold = cell.isBold() !== 0
  return cell.isInverse()
    ? { foreground: background ?? paper, background: foreground, bold }
    : { foreground, background, bold }
}
