import { isSessionError } from '../errors.ts'
import type { UnknownVariable } from '../kubernetes/options.ts'
import { kubernetesSessionProvider } from '../kubernetes/provider.ts'
import { operations } from './operations.ts'

/** The protocol's code for an operation that is not known, and for nothing else. */
const UNKNOWN_OPERATION = 2

/** One call of `gc-session-k8s OPERATION SESSION [ARG...]`. Resolves with the exit code. */
export async function main(argv: string[]): Promise<number> {
  const [name, session, ...args] = argv
  if (name === undefined) return fail('missing operation', `one of: ${Object.keys(operations).join(' ')}`)
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (operation === undefined) return UNKNOWN_OPERATION
  if (session === undefined || (session === '' && name !== 'list-running')) return fail(`${name}: missing session name`)
  const interrupted = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => interrupted.abort(new Error(`${name}: ended by ${signal}`)))
  }
  try {
    await using provider = await kubernetesSessionProvider({ onUnknownVariable: warn })
    const answer = await operation({ provider, name: session, args, stdin: process.stdin, signal: interrupted.signal })
    if (typeof answer === 'number') return answer
    if (answer !== undefined) await write(answer)
    return 0
  } catch (error) {
    return isSessionError(error) ? fail(error.message, error.suggestion) : fail(String(error))
  }
}

function fail(message: string, suggestion?: string): number {
  process.stderr.write(`gc-session-k8s: ${message}\n${suggestion === undefined ? '' : `Try: ${suggestion}\n`}`)
  return 1
}

function warn({ name, nearest }: UnknownVariable): void {
  const hint = nearest === undefined ? '' : ` (did you mean ${nearest}?)`
  process.stderr.write(`gc-session-k8s: unknown variable ${name}${hint}\n`)
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())))
}
