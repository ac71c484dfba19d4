import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'

/** Tests with a folder of their own, gone afterwards. */
export const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'gc-broker-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
})
