import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localSessionProvider, type SessionProvider } from '@kubectl-gc/session-provider'
import { test as base, expect } from 'vitest'
import { download } from '../../src/copy/download.ts'
import { parsePlace } from '../../src/copy/place.ts'
import { upload } from '../../src/copy/upload.ts'

interface Fixtures {
  folder: string
  provider: SessionProvider
}

/** A session on this machine: the two sides of a copy are folders, what lies between is the real tar. */
const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'gc-cp-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
  provider: async ({ folder }, use) => {
    const [root, workDir] = [join(folder, 'root'), join(folder, 'theirs')]
    mkdirSync(workDir)
    await using provider = localSessionProvider({ root, workDir })
    await using _session = await provider.start('mayor', { command: 'sleep 60', workDir })
    await use(provider)
    await provider.stop('mayor', { gracePeriodSeconds: 0 })
  },
})

function options() {
  const bytes: number[] = []
  return { bytes, signal: new AbortController().signal, onProgress: (all: number) => void bytes.push(all) }
}

test('a file goes to a path, below the workspace, or into a folder', async ({ provider, folder }) => {
  const theirs = join(folder, 'theirs')
  writeFileSync(join(folder, 'report.md'), 'text')
  chmodSync(join(folder, 'report.md'), 0o751)
  mkdirSync(join(theirs, 'there'))
  const how = options()
  for (const path of [join(theirs, 'absolute'), 'relative', 'there', 'new/']) {
    await upload(provider, join(folder, 'report.md'), 'mayor', path, how)
  }
  for (const path of ['absolute', 'relative', 'there/report.md', 'new/report.md']) {
    expect(readFileSync(join(theirs, path), 'utf8')).toBe('text')
    expect(statSync(join(theirs, path)).mode & 0o777).toBe(0o751)
  }
  expect(how.bytes.length).toBeGreaterThan(0)
  expect(how.bytes).toContain(Math.max(...how.bytes))
})

test('a file and a folder come back as they went', async ({ provider, folder }) => {
  const theirs = join(folder, 'theirs', 'tree')
  mkdirSync(join(theirs, 'empty'), { recursive: true })
  writeFileSync(join(theirs, 'run me.sh'), Buffer.alloc(300_000, 'x'))
  chmodSync(join(theirs, 'run me.sh'), 0o750)
  symlinkSync('run me.sh', join(theirs, 'link'))
  const how = options()
  await download(provider, 'mayor', theirs, join(folder, 'out', 'tree'), how)
  expect((await readdir(join(folder, 'out', 'tree'))).sort()).toEqual(['empty', 'link', 'run me.sh'])
  expect(Math.max(...how.bytes)).toBeGreaterThan(300_000)
  await download(provider, 'mayor', `${theirs}/run me.sh`, join(folder, 'out', 'copy.sh'), options())
  await download(provider, 'mayor', `${theirs}/link`, join(folder, 'out'), options())
  for (const name of ['tree/run me.sh', 'copy.sh', 'link']) {
    expect(statSync(join(folder, 'out', name))).toMatchObject({ size: 300_000 })
    expect(statSync(join(folder, 'out', name)).mode & 0o777).toBe(0o750)
  }
  expect((await readdir(join(folder, 'out'))).sort()).toEqual(['copy.sh', 'link', 'tree'])
})

test('what is not there, and what cannot be written, is an error that leaves nothing behind', async ({
  provider,
  folder,
}) => {
  const fetch = (path: string, to: string) => download(provider, 'mayor', path, to, options())
  await expect(fetch('/no/such', join(folder, 'x'))).rejects.toThrow('session "mayor" has no "/no/such"')
  writeFileSync(join(folder, 'file'), '')
  for (const path of ['/etc/hostname', '/etc']) {
    await expect(fetch(path, join(folder, 'file', 'x'))).rejects.toThrow(`cannot write "${join(folder, 'file', 'x')}"`)
  }
  await expect(upload(provider, '/no/such', 'mayor', 'x', options())).rejects.toThrow('no "/no/such" to copy')
  expect((await readdir(folder)).sort()).toEqual(['file', 'root', 'theirs'])
})

test.for([
  ['mayor:/a:b', { session: 'mayor', path: '/a:b' }],
  ['rig/polecat:a', { session: 'rig/polecat', path: 'a' }],
  ['./a:b', { session: undefined, path: './a:b' }],
  ['/a:b', { session: undefined, path: '/a:b' }],
  ['C:\\a', { session: undefined, path: 'C:\\a' }],
  ['C:/a', { session: undefined, path: 'C:/a' }],
] as const)('%s is a place', ([text, place]) => {
  expect(parsePlace(text, 'win32')).toEqual(place)
})

test.for(['', ':x', 'mayor:'])('%j is none', (text) => {
  expect(() => parsePlace(text)).toThrow('is neither PATH nor SESSION:PATH')
})
