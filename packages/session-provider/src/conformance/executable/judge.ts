import { CallFailed } from './call.ts'
import type { Check } from './check.ts'
import { checks } from './checks.ts'
import { NotOffered, Probe, Violation } from './probe.ts'

export type Verdict = 'PASS' | 'FAIL' | 'SKIP'

/** What came of one check. */
export interface Result {
  check: string
  verdict: Verdict
  /** Why, or what was seen. */
  detail: string
  milliseconds: number
}

export interface Judgement {
  executable: string
  capabilities: string[]
  results: Result[]
}

export interface JudgeOptions {
  /** What the sessions run. Default `sleep 300`. */
  command?: string | undefined
  /** Told of each result as it comes. */
  onResult?: ((result: Result) => void) | undefined
  /** Ends the run after the check that is running; what it made is still removed. */
  signal?: AbortSignal | undefined
}

/**
 * Judges an exec session provider through its protocol alone: runs it as gc does, with sessions of its own names, and
 * stops them whatever happens.
 * @param executable a path, or a name on PATH
 * @throws {CannotRun} it is not there, or may not be run
 */
export async function judge(executable: string, options: JudgeOptions = {}): Promise<Judgement> {
  const probe = new Probe(executable, options.command ?? 'sleep 300', options.signal)
  const results: Result[] = []
  try {
    for (const check of checks) {
      options.signal?.throwIfAborted()
      const begin = performance.now()
      const [verdict, detail] = await outcome(check, probe)
      const result = { check: check.name, verdict, detail, milliseconds: Math.round(performance.now() - begin) }
      results.push(result)
      options.onResult?.(result)
    }
  } finally {
    await probe.cleanUp()
  }
  return { executable, capabilities: [...probe.capabilities], results }
}

async function outcome(check: Check, probe: Probe): Promise<[Verdict, string]> {
  if (check.needsSession && !probe.started) return ['SKIP', 'no session was started']
  try {
    return ['PASS', (await check.run(probe)) ?? '']
  } catch (error) {
    if (error instanceof NotOffered) return ['SKIP', error.message]
    if (error instanceof Violation || error instanceof CallFailed) return ['FAIL', error.message]
    throw error
  }
}
