import { text } from 'node:stream/consumers'
import { InvalidArgument } from '../errors.ts'
import type { SessionProvider } from '../provider.ts'
import { processTerminal } from './process-terminal.ts'
import { readStartDocument } from './start-document.ts'

/** One call of the executable, past its operation's name. */
export interface Call {
  provider: SessionProvider
  /** The session's name, or the prefix of list-running. */
  name: string
  args: string[]
  stdin: NodeJS.ReadStream
  signal: AbortSignal
}

/** What goes to stdout. A number is the exit code instead. */
type Operation = (call: Call) => Promise<string | number | undefined>

/** The operations of the exec session provider protocol (Runtime Provider Protocol v0) that work. */
export const operations: Record<string, Operation> = {
  async start({ provider, name, stdin, signal }) {
    await provider.start(name, readStartDocument(await text(stdin)), { signal })
    return undefined
  },
  async stop({ provider, name, signal }) {
    await provider.stop(name, { signal })
    return undefined
  },
  async 'is-running'({ provider, name, signal }) {
    return `${await provider.isRunning(name, { signal })}\n`
  },
  async interrupt({ provider, name, signal }) {
    await unlessMissing(provider.interrupt(name, { signal }))
    return undefined
  },
  attach({ provider, name, signal }) {
    return provider.attach(name, processTerminal(), { signal })
  },
  async nudge({ provider, name, stdin, signal }) {
    const message = await text(stdin)
    if (message !== '') await unlessMissing(provider.nudge(name, message, { signal }))
    return undefined
  },
  async peek({ provider, name, args, signal }) {
    const lines = Number(args[0] ?? 50)
    if (!Number.isInteger(lines)) throw new InvalidArgument(`peek: "${args[0]}" is not a number of lines`)
    return await provider.peek(name, { lines, signal })
  },
  async 'set-meta'({ provider, name, args, stdin, signal }) {
    await provider.setMeta(name, key('set-meta', args), await text(stdin), { signal })
    return undefined
  },
  async 'get-meta'({ provider, name, args, signal }) {
    return await unlessMissing(provider.getMeta(name, key('get-meta', args), { signal }))
  },
  async 'remove-meta'({ provider, name, args, signal }) {
    await unlessMissing(provider.removeMeta(name, key('remove-meta', args), { signal }))
    return undefined
  },
  async 'list-running'({ provider, name, signal }) {
    const names = await provider.listRunning(name, { signal })
    return names.map((running) => `${running}\n`).join('')
  },
  async exec({ provider, name, stdin, signal }) {
    const result = await provider.exec(name, ['sh', '-c', `exec 2>&1\n${await text(stdin)}`], { signal })
    await new Promise<void>((resolve, reject) =>
      process.stdout.write(result.stdout, (error) => (error ? reject(error) : resolve())),
    )
    return result.exitCode
  },
}

function key(operation: string, [name]: string[]): string {
  if (name === undefined || name === '') throw new InvalidArgument(`${operation}: missing key`)
  return name
}

/** The protocol counts a session that is not there as success, with empty output. */
async function unlessMissing<T>(verb: Promise<T>): Promise<T | undefined> {
  try {
    return await verb
  } catch (error) {
    if (error instanceof Error && error.name === 'SessionNotFound') return undefined
    throw error
  }
}
