import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { run } from './support/run.ts'

/** What the unit test of `kubectl gc` holds its JSONPath to; null stands for an error. */
const golden: { document: object; cases: { format: string; prints: string | null }[] } = JSON.parse(
  await readFile(new URL('../plugins/kubectl-gc/test/output/jsonpath/kubectl.json', import.meta.url), 'utf8'),
)

test.concurrent.for(golden.cases)('kubectl prints for -o $format what ours is held to', async ({ format, prints }) => {
  const args = ['create', '-f', '-', '--dry-run=client', '--validate=false', '-o', format]
  const { exitCode, stdout } = await run('kubectl', args, { stdin: JSON.stringify(golden.document) })
  expect(exitCode === 0 ? stdout : null).toBe(prints)
})
