import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runningBrokers } from '@kubectl-gc/session-provider/broker'
import { expect } from 'vitest'
import { type Result, run } from './run.ts'
import { test as base } from './test.ts'

interface Fixtures {
  /** A folder for the sockets of this test's brokers. */
  runtime: string
  env: Record<string, string>
  call: (args: string[], stdin?: string) => Promise<Result>
  /** Calls until a broker answers, and gives its process. */
  warm: () => Promise<number>
}

/** Tests with a broker of their own. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  runtime: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'gc-e2e-broker-'))
    await use(folder)
    for (const { stop } of await runningBrokers({ XDG_RUNTIME_DIR: folder })) await stop()
    rmSync(folder, { recursive: true })
  },
  env: async ({ namespace, runtime }, use) => {
    await use({ GC_K8S_NAMESPACE: namespace, XDG_RUNTIME_DIR: runtime })
  },
  call: async ({ env }, use) => {
    await use((args, stdin) => run('gc-session-k8s', args, { stdin, env }))
  },
  warm: async ({ call, runtime }, use) => {
    await use(async () => {
      const asked = async () => {
        await call(['list-running', ''])
        const [broker] = await runningBrokers({ XDG_RUNTIME_DIR: runtime })
        return broker !== undefined && broker.status.requests > 0 ? broker.status.pid : 0
      }
      await expect.poll(asked).toBeGreaterThan(0)
      return await asked()
    })
  },
})
