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
function endingOf(command: string): string | undefined {
  if (command.includes(' attach ')) return '\u0002d'
  if (command.endsWith(' top')) return '\u0003'
  return /--follow|--watch|dolt forward/.test(command) ? '\u0003' : undefined
}

/** Milliseconds after which a command that shows nothing is ended too. */
const SILENCE = 3000

const repository = new URL('../..', import.meta.url).pathname

/** Types a command at a terminal, as a reader would; how it ended and what it showed. @param cwd default: the repository */
export async function type(command: string, env: Record<string, string> = {}, cwd = repository) {
  const all = { ...(process.env as Record<string, string>), ...environment, ...env }
  const pty = spawn('bash', ['-c', command], { cwd, env: all, cols: 200, rows: 50 })
  const keys = endingOf(command)
  let output = ''
  const endIn = (after: number) => (keys === undefined ? undefined : setTimeout(() => pty.write(keys), after))
  let ending = endIn(SILENCE)
  pty.onData((data) => {
    if (output === '') {
      clearTimeout(ending)
      ending = endIn(1000)
    }
    output += data
  })
  const exitCode = await new Promise<number>((resolve) => pty.onExit((event) => resolve(event.exitCode)))
  clearTimeout(ending)
  return { command, exitCode: keys === '\u0003' && exitCode === 130 ? 0 : exitCode, output }
}
