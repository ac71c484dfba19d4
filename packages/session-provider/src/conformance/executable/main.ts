import { parseArgs } from 'node:util'
import { type Judgement, judge, type Result, type Verdict } from './judge.ts'

const USAGE = `Usage: gc-session-conformance EXECUTABLE [-o table|json] [--command COMMAND]

Judges an exec session provider (Runtime Provider Protocol v0) by running it as gc does.
Its sessions are called gc-conformance-*, and are stopped at the end.

  -o, --output table|json   how to print the results (default table)
  --command COMMAND         what the sessions run (default "sleep 300")

Exit code: 0 when nothing fails, 1 when a check fails, 2 when it was called wrongly.
`
const BAD_USAGE = 2

/** One call of `gc-session-conformance`. Resolves with the exit code. */
export async function main(argv: string[]): Promise<number> {
  const options = readArguments(argv)
  if (typeof options === 'string') {
    process.stderr.write(`gc-session-conformance: ${options}\n\n${USAGE}`)
    return BAD_USAGE
  }
  const { executable, output, command, help } = options
  if (help) {
    process.stdout.write(USAGE)
    return 0
  }
  const interrupted = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => interrupted.abort(new Error(`ended by ${signal}`)))
  }
  const onResult = output === 'table' ? (result: Result) => process.stdout.write(row(result)) : undefined
  try {
    const judgement = await judge(executable, { command, onResult, signal: interrupted.signal })
    if (output === 'json') process.stdout.write(`${JSON.stringify(report(judgement), undefined, 2)}\n`)
    else process.stdout.write(`\n${sentence(count(judgement.results))}\n`)
    return count(judgement.results).FAIL === 0 ? 0 : 1
  } catch (error) {
    process.stderr.write(`gc-session-conformance: ${(error as Error).message}\n`)
    return 1
  }
}

interface Options {
  executable: string
  output: 'table' | 'json'
  command: string | undefined
  help: boolean
}

/** The options, or what is wrong with them. */
function readArguments(argv: string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o', default: 'table' },
        command: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const { output, command, help } = values
    const [executable = '', ...others] = positionals
    if (output !== 'table' && output !== 'json') return `there is no output "${output}"`
    if (!help && (executable === '' || others.length > 0)) return 'one executable is to be named'
    return { executable, output, command, help }
  } catch (error) {
    return (error as Error).message
  }
}

function row({ verdict, check, detail }: Result): string {
  return `${`${verdict}  ${check.padEnd(46)} ${detail.replaceAll('\n', ' ')}`.trimEnd()}\n`
}

function report({ executable, capabilities, results }: Judgement) {
  const { PASS: pass, FAIL: fail, SKIP: skip } = count(results)
  return { executable, capabilities, results, summary: { pass, fail, skip } }
}

function count(results: Result[]): Record<Verdict, number> {
  const counts = { PASS: 0, FAIL: 0, SKIP: 0 }
  for (const { verdict } of results) counts[verdict]++
  return counts
}

function sentence({ PASS, FAIL, SKIP }: Record<Verdict, number>): string {
  return `${PASS} passed, ${FAIL} failed, ${SKIP} skipped`
}
