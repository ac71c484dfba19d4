import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ConformanceContext, conformanceCases } from '../../src/conformance/index.ts'
import { localSessionProvider, memorySessionProvider } from '../../src/index.ts'

describe('in memory', () => {
  const provider = memorySessionProvider()
  const received = async (name: string) =>
    Buffer.from(
      provider
        .terminal(name)
        .nudges.map((nudge) => `${nudge.toString('latin1')}\r`)
        .join(''),
      'latin1',
    )
  const context = new ConformanceContext({ provider, processes: false, received })
  afterAll(async () => {
    await context[Symbol.asyncDispose]()
    expect(await provider.list()).toEqual([])
  })
  for (const { name, run, processes } of conformanceCases) {
    if (!processes) test.concurrent(name, () => run(context))
  }
})

describe('on this machine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gc-local-'))
  const provider = localSessionProvider({ root: join(folder, 'root'), workDir: folder })
  const context = new ConformanceContext({ provider })
  afterAll(async () => {
    await context[Symbol.asyncDispose]()
    await provider.close()
    expect(await readdir(join(folder, 'root'))).toEqual([])
    await rm(folder, { recursive: true })
  })
  for (const { name, run } of conformanceCases) test.concurrent(name, () => run(context))
})
