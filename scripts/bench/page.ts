import type { Benchmark, Row } from './benchmark.ts'

const HEAD = `# Benchmarks

<!-- Written by scripts/bench/main.ts --write. -->

Ratios within one run, the two sides in turn, because machines are noisy. \`./scripts/test\` runs a short form of all, prints the figures, and fails when one misses its bar by half in each of three tries. Measured on 2 cores, the cluster of \`scripts/lab\` on the same machine, one node, Kubernetes 1.34; the compiled executable, unless it says otherwise.

![The figures beside their bars](benchmarks.svg)
`

const TAIL = `## Bytes

\`./scripts/test --full\` proves that 10,000 random nudges of 4 callers arrive byte for byte and in order, which takes 11 to 16 s, and that 1 GiB goes into a session and comes back with an equal SHA-256 under 200 MB of memory, which takes 34 to 37 s.
`

/** The page of the results. */
export function page(results: Map<Benchmark, Row[]>): string {
  const parts = [...results].map(
    ([{ name, about }, rows]) =>
      `## ${name}\n\n${about}\n\n${rowsTable(rows)}\n\n\`\`\`sh\nnode --conditions=@kubectl-gc/source scripts/bench/main.ts ${name}\n\`\`\`\n`,
  )
  return [HEAD, ...parts, TAIL].join('\n')
}

/** A Markdown table: the figure of each row beside its bar and aim, then what it was made from. */
export function rowsTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { what, series, bar, aim } = row
    const times = Object.entries(series).map(
      ([name, { min, median, p99, n }]) => `${name} ${short(min)} / ${short(median)} / ${short(p99)} (${n})`,
    )
    return `| ${what}${row.knownMiss === undefined ? '' : ' (1)'} | **${told(row.figure, row)}** | ${told(bar, row)} | ${told(aim, row)} | ${times.join('; ')} |`
  })
  const notes = rows.flatMap(({ knownMiss }) =>
    knownMiss === undefined ? [] : `\n(1) Missed in some runs, because ${knownMiss}.`,
  )
  const head = ['| what | figure | bar | aim | min / median / p99 (n) |', '|---|---|---|---|---|']
  return [...head, ...lines, ...notes].join('\n')
}

function told(value: number, { unit }: Row): string {
  return unit === 'times' ? value.toFixed(2) : `${short(value)} ${unit}`
}

function short(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value))
}
