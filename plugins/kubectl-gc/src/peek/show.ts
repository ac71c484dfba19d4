import type { Output } from '../runtime.ts'
import { appended } from './appended.ts'

/** The second screen, without a cursor, and without wrapping: a row that is too wide ends at the edge. */
const enter = '\x1b[?1049h\x1b[?25l\x1b[?7l'
const leave = '\x1b[?7h\x1b[?25h\x1b[?1049l'

/** Repaints a terminal at each change, on a screen of its own that is gone afterwards; the last pane stays behind. */
export async function repaint(panes: AsyncIterable<string>, stdout: Output): Promise<void> {
  let last = ''
  stdout.write(enter)
  try {
    for await (const pane of panes) {
      last = pane
      const height = stdout.rows ?? 24
      const rows = pane.trimEnd().split('\n').slice(-height)
      const painted = rows.map((row) => `\x1b[2K${row}`).join('\r\n')
      stdout.write(`\x1b[?2026h\x1b[H${painted}${rows.length < height ? '\r\n\x1b[J' : ''}\x1b[?2026l`)
    }
  } finally {
    stdout.write(`${leave}${last}`)
  }
}

/** Prints lines as they are completed, for pipes and files. The line that is still being written comes last. */
export async function append(panes: AsyncIterable<string>, print: (text: string) => Promise<void>): Promise<void> {
  let before: string[] = []
  let unfinished: string | undefined
  for await (const pane of panes) {
    const lines = pane.trimEnd().split('\n')
    unfinished = lines.pop()
    const text = appended(before, lines)
      .map((line) => `${line}\n`)
      .join('')
    before = lines
    if (text !== '') await print(text)
  }
  if (unfinished !== undefined && unfinished !== '') await print(`${unfinished}\n`)
}
