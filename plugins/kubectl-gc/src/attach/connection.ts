import { PassThrough, Writable } from 'node:stream'
import type { AttachTerminal } from '@kubectl-gc/session-provider'
import type { Runtime } from '../runtime.ts'
import { thisTerminal } from './terminal.ts'

const INTERRUPT = 0x03

/** One connection of the terminal to a session; keys reach the session from its first output on. */
export interface Connection extends Disposable {
  terminal: AttachTerminal
  /** Whether the session has shown itself. */
  joined(): boolean
  /** Tells that the session cannot be reached any more. */
  lose(): void
}

/**
 * A terminal for `provider.attach`. While there is no session behind it, keys are dropped, since a person cannot see what
 * they would do, and C-c calls `onInterrupt`. The first connection keeps them: typing ahead is a habit.
 */
export function connect(runtime: Runtime, typeAhead: boolean, onInterrupt: () => void): Connection {
  const { stdin, stdout } = runtime
  const input = new PassThrough()
  let joined = false
  let open = typeAhead
  const read = (chunk: Uint8Array) => {
    if (open) {
      if (input.write(chunk)) return
      stdin.pause()
      input.once('drain', () => stdin.resume())
    } else if (chunk.includes(INTERRUPT)) {
      onInterrupt()
    }
  }
  stdin.on('data', read)
  stdin.resume()
  const output = new Writable({
    write(chunk, _encoding, done) {
      joined = true
      open = true
      if (stdout.write(chunk)) done()
      else stdout.once('drain', () => done())
    },
  })
  return {
    terminal: { ...thisTerminal(runtime), input, output },
    joined: () => joined,
    lose() {
      open = false
    },
    [Symbol.dispose]() {
      stdin.off('data', read)
      input.destroy()
    },
  }
}
