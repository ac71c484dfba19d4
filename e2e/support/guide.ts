import { readFile } from 'node:fs/promises'
import { spawn } from '@lydell/node-pty'
import { environment } from './run.ts'

/** The commands that a page of docs/ tells people to type, in its order. */
export async function commandsOf(page: string): Promise<string[]> {
  const text = await readFile(new URL(`../../docs/${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#')),
  )
}

/** What ends a command that ends only when it is told to, once it shows something. */
function ending(command: string): string | undefined {
  if (command.includes(' attach ')) return '\u0002d'
  return command.includes('--follow') ? '\u0003' : undefined
}

/** Types a command at a terminal in the repository's folder, as a reader would; how it ended and what it showed. */
export async function type(command: string, env: Record<string, string>) {
  const cwd = new URL('../..', import.meta.url).pathname
  const all = { ...(process.env as Record<string, string>), ...environment, ...env }
  const pty = spawn('bash', ['-c', command], { cwd, env: all, cols: 200, rows: 50 })
  const keys = ending(command)
  let output = ''
  pty.onData((data) => {
    if (output === '' && keys !== undefined) setTimeout(() => pty.write(keys), 1000)
    output += data
  })
  const exitCode = await new Promise<number>((resolve) => pty.onExit((event) => resolve(event.exitCode)))
  return { command, exitCode: keys === '\u0003' && exitCode === 130 ? 0 : exitCode, output }
}
