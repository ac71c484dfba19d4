import { isApiError, isKubeError } from '@kubectl-gc/kube'
import type { NotReadyError } from '@kubectl-gc/kube/apply'
import { isSessionError, type SessionStartFailed } from '@kubectl-gc/session-provider'
import { isUsageError } from './usage.ts'

/** What a person is told of one error. */
export interface Explanation {
  /** One line, in kubectl's voice. */
  line: string
  /** The next step. */
  suggestion: string | undefined
  /** What the agent printed last, when that is what explains the error. */
  output: string[]
}

/** One printable line: no line ends, no control characters that a server or an agent put there. */
function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, '; ')
    .replace(/[\x00-\x1f\x7f-\x9f]/g, '')
}

function lastLines(text: string, count: number): string[] {
  return text
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '')
    .slice(-count)
}

/** Turns any error into what a person is told of it. The only place that words errors. */
export function explain(error: unknown): Explanation {
  if (isUsageError(error)) return { line: `error: ${oneLine(error.message)}`, suggestion: error.suggestion, output: [] }
  if (isSessionError(error)) {
    const output = error.name === 'SessionStartFailed' ? lastLines((error as SessionStartFailed).output, 5) : []
    return { line: `error: ${oneLine(error.message)}`, suggestion: error.suggestion, output }
  }
  if (isApiError(error)) {
    const line = `Error from server (${error.reason}): ${oneLine(error.message)}`
    return { line, suggestion: error.suggestion, output: [] }
  }
  if (isKubeError(error)) {
    const output = error.name === 'NotReadyError' ? lastLines((error as NotReadyError).output, 5) : []
    return { line: `error: ${oneLine(error.message)}`, suggestion: error.suggestion, output }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { line: `error: internal: ${oneLine(message)}`, suggestion: 'run it again with -v to see where', output: [] }
}

/** The error and its causes with their stacks, for `-v`. */
function details(error: unknown): string {
  const parts: string[] = []
  for (
    let at: unknown = error;
    at !== undefined && parts.length < 10;
    at = at instanceof Error ? at.cause : undefined
  ) {
    parts.push(at instanceof Error ? (at.stack ?? `${at.name}: ${at.message}`) : String(at))
  }
  return parts.join('\nCaused by: ')
}

/** The whole text for stderr, with its line end. */
export function render(error: unknown, verbosity: number): string {
  const { line, suggestion, output } = explain(error)
  const lines = [line, ...output.map((text) => `  ${text}`)]
  if (suggestion !== undefined)
    lines.push(`Try: ${oneLine(suggestion).replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())}`)
  if (verbosity > 0) lines.push(details(error))
  return `${lines.join('\n')}\n`
}
