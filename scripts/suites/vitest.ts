import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileResult, readReport } from './report.ts'
import { type Counts, collect, type Suite } from './suite.ts'

/** The number of failed files up to which they are tried once more; more than that is no accident. */
const FEW = 4

/**
 * A vitest project, or these files of it, as a suite. Files that fail are run once more, alone, since a machine may
 * stall: a test that passes only then counts as passed, and is told as unsteady. Anything that is no count of its own,
 * such as a file that does not load, is a failure.
 */
export function vitest(name: string, project: string, env: NodeJS.ProcessEnv = {}, files: string[] = []): Suite {
  return {
    name,
    async run() {
      const first = await runOnce(project, env, files)
      const failed = [...first.results].filter(([, { failures }]) => failures.length > 0).map(([file]) => file)
      if (failed.length === 0 || failed.length > FEW) return summary(first)
      const second = await runOnce(project, env, failed)
      const results = new Map([...first.results, ...second.results])
      const still = new Set(failuresOf(second.results).map(({ test }) => test))
      const unsteady = failuresOf(first.results).filter(({ test }) => !still.has(test))
      return { ...summary({ exitCode: second.exitCode, results }), unsteady }
    },
  }
}

interface Run {
  exitCode: number
  results: Map<string, FileResult>
}

async function runOnce(project: string, env: NodeJS.ProcessEnv, files: string[]): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'gc-vitest-'))
  const report = join(folder, 'report.json')
  try {
    const args = ['exec', 'vitest', 'run', '--project', project, ...files, '--reporter=default', '--reporter=json']
    const { exitCode, output } = await collect('pnpm', [...args, `--outputFile.json=${report}`], env)
    if (exitCode !== 0) process.stderr.write(output)
    return { exitCode, results: await readReport(report).catch(() => new Map()) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function summary({ exitCode, results }: Run): Counts {
  const files = [...results.values()]
  const failures = failuresOf(results)
  if (exitCode !== 0 && failures.length === 0) failures.push({ test: 'vitest', why: `ended with ${exitCode}` })
  const sum = (count: (file: FileResult) => number) => files.reduce((total, file) => total + count(file), 0)
  const passed = sum((file) => file.passed)
  return { passed, failed: failures.length, skipped: sum((file) => file.skipped), failures }
}

function failuresOf(results: Map<string, FileResult>) {
  return [...results.values()].flatMap(({ failures }) => failures)
}
