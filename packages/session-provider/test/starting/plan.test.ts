import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import type { StartConfig } from '../../src/provider.ts'
import { isEmpty, planStaging } from '../../src/starting/plan.ts'
import { podPaths } from '../../src/starting/pod-paths.ts'

const test = base.extend<{
  folder: string
  plan: (config: StartConfig, prebaked?: boolean) => Promise<{ sources: string[]; city?: string; told: string[] }>
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'gc-plan-'))
    for (const name of ['city/rig', 'city2', 'pack', 'overlay']) mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, 'file'), '')
    await use(folder)
    rmSync(folder, { recursive: true })
  },
  plan: async ({ folder }, use) => {
    await use(async (config, prebaked = false) => {
      const told: string[] = []
      const options = { prebaked, onWarning: (warning: string) => told.push(warning) }
      const { sources, city } = await planStaging(config, podPaths(config, '/workspace'), options)
      const shown = sources.map(({ path, as }) => `${path.slice(folder.length + 1)} -> ${as}`)
      return { sources: shown, ...(city === undefined ? {} : { city: city.slice(folder.length + 1) }), told }
    })
  },
})

test('each goes to its place, a later one over an earlier one', async ({ folder, plan }) => {
  const config = {
    env: { GC_CITY: `${folder}/city/` },
    workDir: `${folder}/city/rig`,
    overlayDir: `${folder}/overlay`,
    packOverlayDirs: [`${folder}/pack`],
    copyFiles: [
      { src: `${folder}/file` },
      { src: `${folder}/file`, relDst: 'a/../b/./c' },
      { src: `${folder}/city2`, relDst: '/d/' },
      { src: `${folder}/city2` },
    ],
  }
  expect(await plan(config)).toEqual({
    city: 'city',
    sources: ['city/rig -> rig', 'pack -> ', 'overlay -> ', 'file -> file', 'file -> b/c', 'city2 -> d', 'city2 -> '],
    told: [],
  })
  expect(await plan(config, true)).toEqual({ sources: [], told: [] })
})

test('the city itself is no work directory to copy, one outside goes to the top', async ({ folder, plan }) => {
  const env = { GC_CITY: `${folder}/city` }
  expect(await plan({ env, workDir: `${folder}/city/.` })).toEqual({ city: 'city', sources: [], told: [] })
  expect(await plan({ env, workDir: `${folder}/city2` })).toEqual({ city: 'city', sources: ['city2 -> '], told: [] })
})

test.for(['/', '/tmp', '/tmp/', tmpdir()])('%s is everybody’s, and is not copied', async (workDir, { plan }) => {
  for (const env of [{}, { GC_CITY: '/no/city' }])
    expect(await plan({ workDir, env })).toEqual({ sources: [], told: [] })
})

test('what is not there is left out, and told of where it was asked for by name', async ({ folder, plan }) => {
  const missing = `${folder}/missing`
  const config = { env: { GC_CITY: missing }, workDir: missing, overlayDir: missing, packOverlayDirs: ['', missing] }
  expect(await plan(config)).toEqual({ sources: [], told: [] })
  expect(await plan({ copyFiles: [{ src: missing }] })).toEqual({
    sources: [],
    told: [`copy_files warning: there is no ${missing}`],
  })
})

test.for(['..', '../x', 'a/../../x', '/../x'])('the destination %s is refused', async (relDst, { folder, plan }) => {
  const start = plan({ copyFiles: [{ src: `${folder}/file`, relDst }] })
  await expect(start).rejects.toThrow(`the destination "${relDst}" of ${folder}/file leads out of the workspace`)
})

test('only a plan with nothing in it lets the agent begin at once', () => {
  const nothing = { sources: [], city: undefined, preStart: [] }
  expect(isEmpty(nothing)).toBe(true)
  for (const some of [{ sources: [{ path: 'x', as: '' }] }, { city: '/city' }, { preStart: ['true'] }]) {
    expect(isEmpty({ ...nothing, ...some })).toBe(false)
  }
})
