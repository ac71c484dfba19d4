import { BROKER_WORD } from '../broker/words.ts'
import { handshake } from './handshake.ts'
import { print, viaBroker } from './via-broker.ts'

/** One call of `gc-session-k8s OPERATION SESSION [ARG...]`. Resolves with the exit code. */
export async function main(argv: string[]): Promise<number> {
  const [operation, name, ...args] = argv
  if (operation === BROKER_WORD) {
    await keepCompiled()
    return (await import('../broker/main.ts')).main(name, ...args)
  }
  if (operation === 'protocol') return print(Buffer.from(handshake()), 0)
  const line = { operation, name, args, signal: endedBySignals(operation ?? '') }
  const answered = await viaBroker(line)
  if (typeof answered === 'number') return answered
  await keepCompiled()
  return (await import('./direct.ts')).runDirectly({ ...line, ...answered })
}

/** Has Node keep what it compiles of the larger parts, so that the next process need not compile them. */
async function keepCompiled(): Promise<void> {
  const { enableCompileCache } = await import('node:module')
  enableCompileCache?.()
}

/** Fires at the first SIGTERM, SIGINT or SIGHUP; the next one ends the process. */
function endedBySignals(operation: string): AbortSignal {
  const ended = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => ended.abort(new Error(`${operation}: ended by ${signal}`)))
  }
  return ended.signal
}
