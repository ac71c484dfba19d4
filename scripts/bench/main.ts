import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Benchmark, misses, type Row } from './benchmark.ts'
import { firstVerb } from './benchmarks/first-verb.ts'
import { list } from './benchmarks/list.ts'
import { manyStarts } from './benchmarks/many-starts.ts'
import { scale } from './benchmarks/scale.ts'
import { sdk } from './benchmarks/sdk.ts'
import { start } from './benchmarks/start.ts'
import { verbs } from './benchmarks/verbs.ts'
import { type Executables, inContext, withExecutables } from './context.ts'
import { page, rowsTable } from './page.ts'
import { plot } from './plot.ts'

const ALL: Benchmark[] = [verbs, firstVerb, list, sdk, start, manyStarts, scale]
const TRIES = 3
const USAGE = `Times what the project promises, each beside its floor in the same run.

  node --conditions=@kubectl-gc/source scripts/bench/main.ts [NAME...]

NAME: ${ALL.map(({ name }) => name).join(', ')}; default: all
  --short            few rounds
  --check            exit 1 when a figure misses its bar by half in each of ${TRIES} tries
  --executable EXE   the verb executable to time; default: compiled from this checkout
  --node             time the Node bundle instead of the compiled executable
  --peer EXE         another exec session provider, timed beside ours
  --image IMAGE      of the agents; default gc-agent:latest
  --write            writes docs/benchmarks.md and docs/benchmarks.svg
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    executable: { type: 'string' },
    node: { type: 'boolean', default: false },
    peer: { type: 'string' },
    image: { type: 'string', default: 'gc-agent:latest' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const unknown = positionals.find((name) => !ALL.some((benchmark) => benchmark.name === name))
if (values.help || unknown !== undefined) {
  process.stderr.write(unknown === undefined ? USAGE : `error: no benchmark "${unknown}"\n${USAGE}`)
  process.exit(unknown === undefined ? 0 : 1)
}
const chosen = ALL.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const results = new Map<Benchmark, Row[]>()
let missed = false
await withExecutables(values, async (executables) => {
  for (const benchmark of chosen) {
    const rows = await inTries(benchmark, executables)
    results.set(benchmark, rows)
    console.log(`${benchmark.about}\n\n${rowsTable(rows)}\n`)
  }
})
if (values.write) {
  await writeFile(new URL('../../docs/benchmarks.md', import.meta.url), page(results))
  await writeFile(new URL('../../docs/benchmarks.svg', import.meta.url), plot([...results.values()].flat()))
}
process.exitCode = missed ? 1 : 0

/** Once; with `--check` again while it fails, or a figure misses its bar by half. */
async function inTries(benchmark: Benchmark, executables: Executables): Promise<Row[]> {
  for (let left = values.check ? TRIES : 1; ; left--) {
    console.error(`${benchmark.name} ...`)
    try {
      const rows = await inContext(values, executables, (context) => benchmark.run(context))
      const late = rows.filter(misses)
      if (late.length === 0 || left <= 1) {
        missed ||= values.check && late.length > 0
        return rows
      }
      console.error(`again: ${late.map(({ what }) => what).join(', ')} missed`)
    } catch (error) {
      if (left <= 1) throw error
      console.error(`again: ${error instanceof Error ? error.message : error}`)
    }
  }
}
