import { readFile } from 'node:fs/promises'

/** A test that failed, and the first line of why. */
export interface Failure {
  test: string
  why: string
}

/** How the tests of one file went. */
export interface FileResult {
  passed: number
  skipped: number
  failures: Failure[]
}

interface JsonReport {
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

/** Reads vitest's JSON report: each file's path and how it went. A file that did not load is a failure of its own. */
export async function readReport(path: string): Promise<Map<string, FileResult>> {
  const { testResults } = JSON.parse(await readFile(path, 'utf8')) as JsonReport
  return new Map(
    testResults.map(({ name, status, message, assertionResults: tests }) => {
      const failures = tests
        .filter((test) => test.status === 'failed')
        .map(({ fullName, failureMessages }) => ({ test: fullName, why: firstLine(failureMessages[0]) }))
      if (status === 'failed' && failures.length === 0) failures.push({ test: name, why: firstLine(message) })
      const passed = tests.filter((test) => test.status === 'passed').length
      return [name, { passed, skipped: tests.length - passed - countFailed(tests), failures }]
    }),
  )
}

const countFailed = (tests: { status: string }[]) => tests.filter(({ status }) => status === 'failed').length
const firstLine = (text = '') => text.trim().split('\n')[0] ?? ''
