import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { spawn } from '@lydell/node-pty'
import { environment } from './run.ts'

/** What a fence says of commands, one to a line; in `console` those that begin with `$ `, among what they show. */
const BLOCKS = /^```(sh|bash|console|fish|powershell)\n([\s\S]*?)^```/gm

/** The commands that a page of docs/ tells people to type, in its order and without its remarks. */
export async function commandsOf(page: string): Promise<string[]> {
  const text = await readFile(new URL(`../../docs/${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(BLOCKS)].flatMap(([, language, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .filter((line) => language !== 'console' || line.startsWith('$ '))
      .map((line) => line.replace(/^\$ /, '').replace(/(^|\s+)# .*$/, ''))
      .filter((line) => line.trim() !== ''),
  )
}

/** The exit code that a command of a page has when it does what the page says: a difference is 1. */
export function exitCodeOf(command: string): number {
  return /^kubectl gc (city )?diff\b/.test(command) ? 1 : 0
}

/** What of a terminal's output stays to be read: the lines that a program has not erased, without their colours. */
export function lasting(output: string): string {
  return output
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\n]*\r\x1b\[K/g, '')
    .replaceAll(/\x1b\[[0-9;?]*[a-zA-Z]/g, '')
}

/** What ends a command that ends only when it is told to, once it shows something. */
function endingOf(command: string): string | undefined {
  if (command.includes(' attach ')) return '\u0002d'
  if (command.endsWith(' top')) return '\u0003'
  return /--follow|--watch|dolt forward/.test(command) ? '\u0003' : undefined
}

/** Milliseconds for which a command that ends only when it is told to is watched, once it shows something. */
const WATCHED = 1000
/** Milliseconds after which one that shows nothing is ended too. */
const SILENCE = 3000

const repository = new URL('../..', import.meta.url).pathname

/**
 * Types a command at a terminal, as a reader would who says yes to every question; how it ended and what it showed.
 * @param cwd default: the repository
 * @param meanwhile done in another terminal once the command shows something, before it is ended
 */
export async function type(
  command: string,
  env: Record<string, string> = {},
  cwd = repository,
  meanwhile?: () => Promise<void>,
) {
  const all = { ...(process.env as Record<string, string>), ...environment, ...env }
  const pty = spawn('bash', ['-c', command], { cwd, env: all, cols: 200, rows: 50 })
  let output = ''
  const shown = new Promise<'shown'>((resolve) => {
    pty.onData((data) => {
      output += data
      if (data.includes('[y/N] ')) pty.write('y\r')
      resolve('shown')
    })
  })
  const ended = new Promise<number>((resolve) => pty.onExit((event) => resolve(event.exitCode)))
  const within = (promise: Promise<unknown>, time: number) => Promise.race([promise, ended, setTimeout(time)])
  const keys = endingOf(command)
  const isOver = () => within(ended, SILENCE).then((code) => code !== undefined)
  try {
    if (meanwhile !== undefined) {
      await Promise.race([shown, ended])
      await meanwhile()
    } else if (keys !== undefined && (await within(shown, SILENCE)) === 'shown') await within(ended, WATCHED)
  } finally {
    // Again, since a program that has not begun yet may not see them.
    for (let over = keys === undefined; !over; over = await isOver()) pty.write(keys ?? '')
  }
  const exitCode = await ended
  return { command, exitCode: keys === '\u0003' && exitCode === 130 ? 0 : exitCode, output }
}
