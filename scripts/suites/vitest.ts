import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Counts, collect, type Suite } from './suite.ts'

/** A vitest project, or these files of it, as a suite. Anything that is no count of its own, such as a file that does not load, is a failure. */
export function vitest(name: string, project: string, env: NodeJS.ProcessEnv = {}, files: string[] = []): Suite {
  return {
    name,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), 'gc-vitest-'))
      const report = join(folder, 'report.json')
      try {
        const args = ['exec', 'vitest', 'run', '--project', project, ...files, '--reporter=default', '--reporter=json']
        const { exitCode, output } = await collect('pnpm', [...args, `--outputFile.json=${report}`], env)
        if (exitCode !== 0) process.stderr.write(output)
        const counts = await read(report)
        if (exitCode !== 0 && counts.failed === 0) return { ...counts, failed: 1 }
        return counts
      } finally {
        await rm(folder, { recursive: true })
      }
    },
  }
}

async function read(report: string): Promise<Counts> {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(await readFile(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
