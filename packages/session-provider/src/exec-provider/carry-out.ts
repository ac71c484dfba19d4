import type { Writable } from 'node:stream'
import { isSessionError, type SessionStartFailed } from '../errors.ts'
import { type Call, isReaderGone, type Operation, write } from './call.ts'

const FAILED = 1
/** The protocol's code for a start that could succeed later (EX_TEMPFAIL). */
const NO_CAPACITY = 75

const CAPACITY_REASONS = ['Unschedulable', 'ExceededQuota']

/** Carries out a call to its exit code. @throws what went wrong */
export async function complete(carry: Operation, call: Call): Promise<number> {
  const answer = await carry(call)
  if (typeof answer === 'number') return answer
  if (typeof answer === 'string') await write(call.stdout, answer)
  return 0
}

/** Does something that ends in an exit code; says on standard error what went wrong. */
export async function carryOut(operation: string, stderr: Writable, action: () => Promise<number>): Promise<number> {
  try {
    return await action()
  } catch (error) {
    if (isReaderGone(error)) return FAILED
    if (!isSessionError(error)) return fail(stderr, error instanceof Error ? error.message : String(error))
    const code = operation === 'start' && hasNoCapacity(error) ? NO_CAPACITY : FAILED
    return fail(stderr, error.message + lastOutput(error), error.suggestion, code)
  }
}

/** What the agent of a start that failed has printed, on lines of its own. */
function lastOutput(error: Error): string {
  const output = error.name === 'SessionStartFailed' ? (error as SessionStartFailed).output.trim() : ''
  return output === '' ? '' : `\n${output}`
}

function hasNoCapacity(error: Error): boolean {
  return error.name === 'SessionStartFailed' && CAPACITY_REASONS.includes((error as SessionStartFailed).reason)
}

/** Says why on standard error. */
function fail(stderr: Writable, message: string, suggestion?: string, code = FAILED): number {
  stderr.write(`gc-session-k8s: ${message}\n${suggestion === undefined ? '' : `Try: ${suggestion}\n`}`)
  return code
}
