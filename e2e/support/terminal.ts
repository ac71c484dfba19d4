import { spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'
import { environment } from './run.ts'

interface Size {
  columns: number
  rows: number
}

type Buffer = InstanceType<typeof xterm.Terminal>['buffer']['active']

/** A person's terminal, in which a program runs. */
export interface Terminal extends Disposable {
  pid: number
  /** Everything that the program has sent. */
  output(): string
  /** What the terminal shows, without the blanks at the ends of lines and of the screen. */
  screen(): string
  /** The cells that it shows. */
  buffer(): Buffer
  /** What the program has switched on and not off again. */
  modes(): { alternate: boolean; bracketedPaste: boolean; mouse: string; cursorKeys: boolean; hiddenCursor: boolean }
  type(keys: string): void
  resize(size: Size): void
  kill(signal: NodeJS.Signals): void
  /** Told once all that the program has sent is shown. */
  exitCode: Promise<number>
}

/** Runs a program in a terminal, which goes with the value. */
export function openTerminal(
  program: string,
  args: string[],
  { env = {}, columns = 80, rows = 24 }: { env?: Record<string, string | undefined> } & Partial<Size> = {},
): Terminal {
  const all = { ...process.env, ...environment, TERM: 'xterm-256color', ...env }
  const defined = Object.entries(all).filter(([, value]) => value !== undefined) as [string, string][]
  const pty = spawn(program, args, { cols: columns, rows, env: Object.fromEntries(defined) })
  const shown = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
  let output = ''
  pty.onData((data) => {
    output += data
    shown.write(data)
  })
  shown.onData((answer) => pty.write(answer))
  const exitCode = new Promise<number>((resolve) => {
    pty.onExit((event) => shown.write('', () => resolve(event.exitCode)))
  })
  return {
    pid: pty.pid,
    exitCode,
    output: () => output,
    screen: () => linesOf(shown.buffer.active, shown.rows).join('\n').trimEnd(),
    buffer: () => shown.buffer.active,
    modes: () => ({
      alternate: shown.buffer.active.type === 'alternate',
      bracketedPaste: shown.modes.bracketedPasteMode,
      mouse: shown.modes.mouseTrackingMode,
      cursorKeys: shown.modes.applicationCursorKeysMode,
      hiddenCursor: output.lastIndexOf('\x1b[?25l') > output.lastIndexOf('\x1b[?25h'),
    }),
    type: (keys) => pty.write(keys),
    resize(size) {
      shown.resize(size.columns, size.rows)
      pty.resize(size.columns, size.rows)
    },
    kill: (signal) => pty.kill(signal),
    [Symbol.dispose]() {
      pty.kill('SIGKILL')
      shown.dispose()
    },
  }
}

function linesOf(buffer: Buffer, rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '')
}
