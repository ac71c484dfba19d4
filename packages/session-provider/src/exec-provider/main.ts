import { isSessionError, type SessionStartFailed } from '../errors.ts'
import type { UnknownVariable } from '../kubernetes/options.ts'
import { kubernetesSessionProvider } from '../kubernetes/provider.ts'
import { isReaderGone, write } from './call.ts'
import { handshake } from './handshake.ts'
import { operations } from './operations.ts'

const FAILED = 1
/** The protocol's code for an operation that is not known, and for nothing else. */
const UNKNOWN_OPERATION = 2
/** The protocol's code for a start that could succeed later (EX_TEMPFAIL). */
const NO_CAPACITY = 75

const CAPACITY_REASONS = ['Unschedulable', 'ExceededQuota']
/** What may be called with an empty name: a prefix, and a question that has an answer without a session. */
const NAMELESS = ['list-running', 'process-alive']

/** One call of `gc-session-k8s OPERATION SESSION [ARG...]`. Resolves with the exit code. */
export async function main(argv: string[]): Promise<number> {
  const { stdin, stdout, stderr } = process
  for (const stream of [stdout, stderr]) stream.on('error', () => {}) // each write tells its own
  const [operation, name, ...args] = argv
  if (operation === undefined) return fail('missing operation', `one of: protocol ${Object.keys(operations).join(' ')}`)
  try {
    if (operation === 'protocol') {
      await write(stdout, handshake())
      return 0
    }
    const carryOut = Object.hasOwn(operations, operation) ? operations[operation] : undefined
    if (carryOut === undefined) return UNKNOWN_OPERATION
    if (name === undefined || (name === '' && !NAMELESS.includes(operation))) {
      return fail(`${operation}: missing ${operation === 'check-image' ? 'image' : 'session name'}`)
    }
    const signal = endedBySignals(operation)
    await using provider = await kubernetesSessionProvider({ keepStreams: false, onUnknownVariable: warn })
    const answer = await carryOut({ operation, provider, name, args, stdin, stdout, stderr, signal })
    if (typeof answer === 'number') return answer
    if (typeof answer === 'string') await write(stdout, answer)
    return 0
  } catch (error) {
    if (isReaderGone(error)) return FAILED
    if (!isSessionError(error)) return fail(error instanceof Error ? error.message : String(error))
    const code = operation === 'start' && hasNoCapacity(error) ? NO_CAPACITY : FAILED
    return fail(error.message + lastOutput(error), error.suggestion, code)
  }
}

/** Fires at the first SIGTERM, SIGINT or SIGHUP; the next one ends the process. */
function endedBySignals(operation: string): AbortSignal {
  const ended = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => ended.abort(new Error(`${operation}: ended by ${signal}`)))
  }
  return ended.signal
}

/** What the agent of a start that failed has printed, on lines of its own. */
function lastOutput(error: Error): string {
  const output = error.name === 'SessionStartFailed' ? (error as SessionStartFailed).output.trim() : ''
  return output === '' ? '' : `\n${output}`
}

function hasNoCapacity(error: Error): boolean {
  return error.name === 'SessionStartFailed' && CAPACITY_REASONS.includes((error as SessionStartFailed).reason)
}

function fail(message: string, suggestion?: string, code = FAILED): number {
  process.stderr.write(`gc-session-k8s: ${message}\n${suggestion === undefined ? '' : `Try: ${suggestion}\n`}`)
  return code
}

function warn({ name, nearest }: UnknownVariable): void {
  const hint = nearest === undefined ? '' : ` (did you mean ${nearest}?)`
  process.stderr.write(`gc-session-k8s: unknown variable ${name}${hint}\n`)
}
