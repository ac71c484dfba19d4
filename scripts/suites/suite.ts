import { spawn } from 'node:child_process'
import type { Failure } from './report.ts'

/** How a suite went. */
export interface Counts {
  passed: number
  failed: number
  skipped: number
  /** What failed. */
  failures?: Failure[]
  /** What failed at first, and passed when it was tried again: a bug, of the test or of ours. */
  unsteady?: Failure[]
}

/** A part of the tests, with the line that a person reads while it runs. */
export interface Suite {
  name: string
  run(): Promise<Counts>
}

export const root = new URL('../..', import.meta.url).pathname

/** Seconds that a program may take; what takes longer hangs. */
const PATIENCE = 60 * (process.env.KUBECTL_GC_TEST_FULL === undefined ? 20 : 60)

const groups = new Set<number>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const group of groups) process.kill(-group, signal)
    process.kill(process.pid, signal)
  })
}

/**
 * Runs a program to its end with its output collected; its exit code, 1 when a signal ended it. It and all that it
 * started are killed when they take too long.
 */
export function collect(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  seconds = PATIENCE,
): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own, which can be killed as one
    })
    const group = child.pid ?? 0
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    const patience = setTimeout(() => {
      output += `\n${program} was killed after ${seconds} s\n`
      process.kill(-group, 'SIGKILL')
    }, seconds * 1000)
    const settled = () => {
      clearTimeout(patience)
      groups.delete(group)
    }
    if (group > 0) groups.add(group)
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => {
      settled()
      reject(error)
    })
    child.on('close', (code) => {
      settled()
      resolve({ exitCode: code ?? 1, output })
    })
  })
}

/** A suite that is one program: it counts as one test. Its output is shown when it fails. */
export function check(name: string, program: string, ...args: string[]): Suite {
  return {
    name,
    async run() {
      const { exitCode, output } = await collect(program, args)
      if (exitCode !== 0) process.stderr.write(output)
      return oneTest(exitCode === 0, name)
    },
  }
}

/** The counts of a suite that is one test. */
export function oneTest(passed: boolean, test: string): Counts {
  if (passed) return { passed: 1, failed: 0, skipped: 0 }
  return { passed: 0, failed: 1, skipped: 0, failures: [{ test, why: 'its output is above' }] }
}
