import { collect, type Suite } from './suite.ts'

/** What fails a benchmark: half more than its bar, in each of three tries, because machines are noisy. */
const TRIES = 3
const BARS = [{ script: 'scripts/bench/start.ts', bar: 1.2 }]

/** The benchmarks in their short form, which print their ratios; at full size they take their defaults. */
export function benchmarks(env: NodeJS.ProcessEnv, full: boolean): Suite {
  return {
    name: 'benchmarks',
    async run() {
      const counts = { passed: 0, failed: 0, skipped: 0 }
      for (const { script, bar } of BARS) counts[(await holds(script, bar * 1.5)) ? 'passed' : 'failed'] += 1
      return counts
    },
  }

  async function holds(script: string, limit: number): Promise<boolean> {
    for (let left = TRIES; left > 0; left--) {
      const size = full ? [] : ['--rounds', '3']
      const args = ['--conditions=@kubectl-gc/source', script, ...size, '--at-most', String(limit)]
      const { exitCode, output } = await collect('node', args, env)
      process.stderr.write(output)
      if (exitCode === 0) return true
    }
    return false
  }
}
