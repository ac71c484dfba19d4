import type { Readable } from 'node:stream'
import type { RunningCommand } from '@kubectl-gc/session-provider'

type Joinable = Pick<RunningCommand, 'stdin' | 'stdout' | 'stderr' | 'wait'>

/** Where a command's streams lead. Each resolves once what it was given is taken. */
export interface Streams {
  /** What it reads; undefined: nothing. */
  stdin: Readable | undefined
  print: (data: Uint8Array) => Promise<void>
  printError: (data: Uint8Array) => Promise<void>
}

/**
 * Passes on what a command reads and prints while it runs, no faster than it is taken; resolves with its exit code.
 * @throws what `print` rejects with: nobody reads the output any more
 */
export async function joined(command: Joinable, { stdin, print, printError }: Streams): Promise<number> {
  const refused = Promise.withResolvers<never>()
  refused.promise.catch(() => {}) // awaited below
  const pass = async (from: Readable, to: (data: Uint8Array) => Promise<void>) => {
    try {
      for await (const chunk of from) await to(chunk).catch(refused.reject)
    } catch {
      // What cut it is told by the exit.
    }
  }
  stdin?.pipe(command.stdin)
  try {
    const passed = Promise.all([pass(command.stdout, print), pass(command.stderr, printError)])
    const exitCode = await Promise.race([command.wait(), refused.promise])
    await Promise.race([passed, refused.promise])
    return exitCode
  } finally {
    stdin?.unpipe(command.stdin)
    stdin?.pause()
  }
}
