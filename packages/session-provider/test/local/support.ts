import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { localSessionProvider } from '../../src/index.ts'
import type { SessionProvider } from '../../src/provider.ts'

/** Tests with a root of their own; what they start there ends with them. */
export const test = base.extend<{ root: string; provider: SessionProvider & { readonly root: string } }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern
  root: async ({}, use) => {
    const root = await mkdtemp(join(tmpdir(), 'gc-local-'))
    await use(root)
    await rm(root, { recursive: true, force: true, maxRetries: 5 })
  },
  provider: async ({ root }, use) => {
    await using provider = localSessionProvider({ root })
    await use(provider)
    for (const { name } of await provider.list()) await provider.stop(name, { gracePeriodSeconds: 0 })
  },
})
