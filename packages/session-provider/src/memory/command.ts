import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { CommandStream } from '../tmux/transport.ts'
import type { MemoryExecResult, MemorySessionProviderOptions } from './options.ts'
import type { MemoryTerminal } from './terminal.ts'

const NOT_FOUND: MemoryExecResult = {
  exitCode: 127,
  stderr: 'a session in memory runs no commands: pass onExec to answer them\n',
}

/** The exit code of a command that SIGTERM has ended. */
const KILLED = 143

/** A command that a callback answers, once its whole input is there. */
export function answeredCommand(
  terminal: MemoryTerminal,
  command: string[],
  onExec: MemorySessionProviderOptions['onExec'],
): CommandStream {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const ended = Promise.withResolvers<number>()
  const run = async () => {
    const result = (await onExec?.(terminal, command, await buffer(stdin))) ?? NOT_FOUND
    if (!stdout.writableEnded) stdout.end(result.stdout ?? '')
    if (!stderr.writableEnded) stderr.end(result.stderr ?? '')
    return result.exitCode ?? 0
  }
  const exit = Promise.race([run(), ended.promise])
  exit.catch(() => {})
  const close = () => {
    ended.resolve(KILLED)
    for (const pipe of [stdin, stdout, stderr]) pipe.end()
  }
  return { stdin, stdout, stderr, exit, close }
}
