import type { Readable, Writable } from 'node:stream'
import { joined } from '../exec/joined.ts'
import type { Runtime } from '../runtime.ts'
import { inRawMode, thisTerminal } from './terminal.ts'

/** A command that has a terminal, somewhere else. */
export interface AtTerminal {
  stdin: Writable
  stdout: Readable
  stderr: Readable
  resize(columns: number, rows: number): void
  wait(): Promise<number>
}

/**
 * Makes this terminal the command's: keys, output, size. It is put back however that ends. Resolves with the command's
 * exit code.
 */
export async function atTerminal(
  runtime: Runtime,
  command: AtTerminal,
  print: (data: Uint8Array) => Promise<void>,
): Promise<number> {
  const { size, onResize } = thisTerminal(runtime)
  const resize = () => {
    const { columns, rows } = size()
    command.resize(columns, rows)
  }
  const stopResizing = onResize(resize)
  try {
    return await inRawMode(runtime, () => {
      resize()
      return joined(command, { stdin: runtime.stdin, print, printError: print })
    })
  } finally {
    stopResizing()
  }
}
