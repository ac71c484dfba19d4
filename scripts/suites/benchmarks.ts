import { collect, oneTest, type Suite } from './suite.ts'

const MAIN = ['--conditions=@kubectl-gc/source', 'scripts/bench/main.ts', '--check']

/** The benchmarks, which print their figures; one that misses its bar by half in each of three tries is a failure. */
export function benchmarks(env: NodeJS.ProcessEnv, full: boolean): Suite {
  return {
    name: 'benchmarks',
    async run() {
      const { exitCode, output } = await collect('node', [...MAIN, ...(full ? [] : ['--short'])], env)
      process.stderr.write(output)
      return oneTest(exitCode === 0, 'benchmarks')
    },
  }
}
