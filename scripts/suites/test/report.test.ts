import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readReport } from '../report.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gc-report-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function reportOf(...testResults: object[]) {
  const path = join(folder, 'report.json')
  await writeFile(path, JSON.stringify({ testResults }))
  return readReport(path)
}

const passed = { fullName: 'works', status: 'passed', failureMessages: [] }
const failed = { fullName: 'breaks', status: 'failed', failureMessages: ['AssertionError: no\n  at line 1'] }
const skipped = { fullName: 'waits', status: 'pending', failureMessages: [] }

test('each file with what passed, what was skipped, and why the others failed', async () => {
  const file = { name: 'a.test.ts', status: 'failed', message: '', assertionResults: [passed, failed, skipped] }
  const failures = [{ test: 'breaks', why: 'AssertionError: no' }]
  expect([...(await reportOf(file))]).toEqual([['a.test.ts', { passed: 1, skipped: 1, failures }]])
})

test('a file that does not load has failed, though no test of it has', async () => {
  const file = { name: 'b.test.ts', status: 'failed', message: 'SyntaxError: what\n…', assertionResults: [] }
  const failures = [{ test: 'b.test.ts', why: 'SyntaxError: what' }]
  expect((await reportOf(file)).get('b.test.ts')).toEqual({ passed: 0, skipped: 0, failures })
})
