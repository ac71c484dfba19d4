import { hasColour, paintStatus } from '../output/colour.ts'
import type { Runtime } from '../runtime.ts'
import type { Line, View } from './view.ts'

/** The second screen without wrapping, its cursor hidden, pastes marked; and all of that taken back. */
const enter = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[2J'
const leave = '\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l'
const styles = { reverse: '\x1b[7m', bold: '\x1b[1m' }

/** A terminal's screen that this process has to itself until the value is disposed of, or the process ends. */
export interface Screen extends Disposable {
  /** Sends what differs from what is shown, in one piece. */
  show(view: View): void
  /** Forgets what is shown, as after a change of size. */
  clear(): void
}

/** Takes the screen, with keys unechoed. */
export function takeScreen({ stdin, stdout, env }: Runtime): Screen {
  const colour = hasColour(stdout, env)
  let shown: string[] = []
  const restore = () => {
    stdout.write(leave)
    stdin.setRawMode?.(false)
  }
  process.on('exit', restore)
  stdin.setRawMode?.(true)
  stdout.write(enter)
  return {
    show({ lines, cursor }) {
      const painted = lines.map((line) => paint(line, colour))
      const changed = painted.flatMap((line, row) => (line === shown[row] ? [] : [`\x1b[${row + 1};1H${line}`]))
      const place = cursor === undefined ? '\x1b[?25l' : `\x1b[${cursor.row + 1};${cursor.column + 1}H\x1b[?25h`
      if (changed.length > 0 || cursor !== undefined)
        stdout.write(`\x1b[?2026h\x1b[?25l${changed.join('')}${place}\x1b[?2026l`)
      shown = painted
    },
    clear() {
      shown = []
      stdout.write('\x1b[2J')
    },
    [Symbol.dispose]() {
      process.off('exit', restore)
      restore()
      stdin.pause()
    },
  }
}

function paint({ text, style, status }: Line, colour: boolean): string {
  const begin = style === undefined ? '' : styles[style]
  const end = style === undefined ? '' : '\x1b[0m'
  if (status === undefined || !colour) return begin + text + end
  const { from, to, word } = status
  const painted = paintStatus(text.slice(from, to), word)
  return `${begin}${text.slice(0, from)}${painted}${begin}${text.slice(to)}${end}`
}
