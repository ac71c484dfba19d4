import { readCommandLine } from './argv.ts'
import { dispatch } from './dispatch.ts'
import { isFailedWith } from './errors/failed-with.ts'
import { isInterruption } from './interruption.ts'
import type { Runtime } from './runtime.ts'

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}

/** Runs `kubectl gc ARGV...` to its exit code. Never throws: what went wrong has been said on stderr. */
export async function run(argv: string[], runtime: Runtime): Promise<number> {
  const line = readCommandLine(argv)
  try {
    const code = await dispatch(line, runtime)
    return isInterruption(runtime.signal.reason) ? runtime.signal.reason.exitCode : code
  } catch (error) {
    const { reason } = runtime.signal
    if (isInterruption(reason)) return reason.exitCode
    if (isBrokenPipe(error)) return 0
    const told = isFailedWith(error) ? error.cause : error
    const errors = told instanceof AggregateError ? told.errors : [told]
    const { render } = await import('./errors/explain.ts')
    for (const each of errors) runtime.stderr.write(render(each, line.verbosity))
    return isFailedWith(error) ? error.exitCode : 1
  }
}
