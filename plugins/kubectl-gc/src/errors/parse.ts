import { isUsageError, UsageError } from './usage.ts'

interface ParseError extends Error {
  args?: unknown[]
  flags?: string[]
}

function names(values: unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : (value as { name: string }).name)).join(', ')
}

/** The message without what oclif wraps around that of a flag's own check. */
function bare(message: string): string {
  const [line = ''] = message.replace(/^Parsing --\S+ \n\t/, '').split('\n')
  return line.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())
}

/**
 * Says in kubectl's words what oclif's parser found wrong, and where the right usage is shown.
 * Undefined when the error is not one of parsing.
 */
export function usageErrorOf(error: unknown, command: string): UsageError | undefined {
  if (isUsageError(error)) return new UsageError(bare(error.message), error.suggestion ?? `${command} --help`, error)
  if (!(error instanceof Error) || !('oclif' in error)) return undefined
  const { args, flags } = error as ParseError
  const message = () => {
    if (Array.isArray(flags)) return `unknown flag: ${flags.join(', ')}`
    if (!Array.isArray(args)) return bare(error.message)
    if (error.message.startsWith('Missing')) return `missing argument: ${names(args).toUpperCase()}`
    return `unexpected argument: ${names(args)}`
  }
  return new UsageError(message(), `${command} --help`, error)
}
