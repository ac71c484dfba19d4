import { parseArgs } from 'node:util'
import { check, collect, type Suite } from './suites/suite.ts'

const { values: wanted } = parseArgs({
  options: {
    unit: { type: 'boolean', default: false },
    e2e: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
  },
})
if (wanted.full) process.env.KUBECTL_GC_TEST_FULL = '1'
const everything = !wanted.unit && !wanted.e2e

await prepare('install', 'pnpm', 'install', '--frozen-lockfile', '--prefer-offline')
const [{ vitest }, { packages }, { testCluster }, { compiled }, { benchmarks }] = await Promise.all([
  import('./suites/vitest.ts'),
  import('./suites/packages.ts'),
  import('./suites/cluster.ts'),
  import('./suites/compiled.ts'),
  import('./suites/benchmarks.ts'),
])
await prepare('build', 'pnpm', 'build')

const total = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []
const unsteady: string[] = []
/** A cluster that comes up leaves the processors idle most of the time, so other suites run meanwhile. */
const cluster = everything || wanted.e2e ? testCluster() : undefined
cluster?.catch(() => {}) // told where it is needed
if (everything) {
  await count(check('lint', 'pnpm', 'exec', 'biome', 'check', '--error-on-warnings', '.'))
  await count(check('types', 'pnpm', 'exec', 'tsc', '--noEmit'))
  await count(check('unused code', 'pnpm', 'exec', 'knip', '--no-progress'))
  for (const page of ['render', 'variables', 'api']) {
    const script = `scripts/generate/${page}.ts`
    await count(check(`generated: ${page}`, 'node', '--conditions=@kubectl-gc/source', script, '--check'))
  }
  await count(packages)
}
if (everything || wanted.unit) await count(vitest('unit tests', 'unit'))
if (cluster !== undefined) {
  const env = await cluster
  await count(vitest('end-to-end tests', 'e2e', env))
  if (wanted.full) await count(vitest('tests that nothing else may run beside', 'disruptive', env))
  await count(compiled(env, wanted.full))
  await count(benchmarks(env, wanted.full))
}

tell('Failed at first, and passed when tried again', unsteady)
tell('Failed', failures)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1

/** What every suite needs; the tests end here when it fails. */
async function prepare(name: string, program: string, ...args: string[]): Promise<void> {
  const started = performance.now()
  const { exitCode, output } = await collect(program, args)
  console.error(`${name} ... ${since(started)}`)
  if (exitCode === 0) return
  process.stderr.write(output)
  console.error(`${name} failed: ${program} ${args.join(' ')}`)
  process.exit(1)
}

async function count(suite: Suite): Promise<void> {
  const started = performance.now()
  const { passed, failed, skipped, ...found } = await suite.run()
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  failures.push(...(found.failures ?? []).map(({ test, why }) => `${suite.name}: ${test}: ${why}`))
  unsteady.push(...(found.unsteady ?? []).map(({ test, why }) => `${suite.name}: ${test}: ${why}`))
  console.error(`${suite.name}: ${passed} passed, ${failed} failed, ${skipped} skipped ... ${since(started)}`)
}

function tell(heading: string, lines: string[]): void {
  if (lines.length > 0) console.error(`\n${heading}:\n${lines.map((line) => `  ${line}\n`).join('')}`)
}

function since(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}
