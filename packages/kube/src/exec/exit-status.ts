import { type KubeError, StreamCutError } from '../errors.ts'
import type { Status } from '../objects.ts'
import { statusError } from '../rest/api-error.ts'

/** What the final status of a command says: its exit code, or why there is none. */
export type Outcome = { code: number } | { error: KubeError }

/**
 * Reads the final status strictly: only `Success` is 0, only a `NonZeroExitCode` with a number is that number; another
 * failure is the API server's error, and anything else leaves the outcome unknown.
 */
export function readOutcome(text: string, what: string): Outcome {
  let status: Status
  try {
    status = JSON.parse(text)
  } catch (cause) {
    return { error: unknown(what, 'ended with an unreadable status', cause) }
  }
  if (status?.status === 'Success') return { code: 0 }
  if (status?.status !== 'Failure')
    return { error: unknown(what, `ended with a strange status: ${text.slice(0, 200)}`) }
  if (status.reason !== 'NonZeroExitCode') return { error: statusError(status) }
  const code = status.details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message
  if (code !== undefined && /^\d{1,3}$/.test(code)) return { code: Number(code) }
  return { error: unknown(what, `failed without a readable exit code: ${text.slice(0, 200)}`) }
}

function unknown(what: string, how: string, cause?: unknown): StreamCutError {
  return new StreamCutError(`${what} ${how}; its outcome is unknown`, { cause, suggestion: outcomeHint })
}

/** What to do about an outcome that nobody knows. */
export const outcomeHint = 'The command may have run. Look at its effects before you run it again.'
