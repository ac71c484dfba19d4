import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import { INDEX, indexOf, readIndex } from '../../src/dolt/archive.ts'
import { writeWhole } from '../../src/dolt/backup.ts'
import { latestOfEach } from '../../src/dolt/scheduled.ts'

const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures a function needs from its pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'dolt-test-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
})

/** An archive as tar writes it. */
async function archive(folder: string, files: Record<string, string>): Promise<string> {
  const content = join(folder, 'content')
  await mkdir(content)
  for (const [name, text] of Object.entries(files)) await writeFile(join(content, name), text)
  const file = join(folder, 'backup.tar')
  expect(spawnSync('tar', ['-C', content, '-cf', file, ...Object.keys(files)]).status).toBe(0)
  return file
}

test('the index of an archive is read back, whatever databases are called', async ({ folder }) => {
  const index = indexOf(['town', `it's "my", town`, '日本'], new Date('2026-01-01T02:00:00Z'))
  const file = await archive(folder, { [INDEX]: JSON.stringify(index), '0.facts': 'x' })
  expect(await readIndex(file)).toEqual({ ...index, createdAt: '2026-01-01T02:00:00.000Z' })
})

test.for([
  [{ 'notes.txt': 'x' }, 'its first file is "notes.txt"'],
  [{ [INDEX]: '{"form' }, 'its index cannot be read'],
  [{ [INDEX]: '{"format":9}' }, 'its format is 9, and this program knows 1'],
  [{ [INDEX]: '{"format":1}' }, 'it names no databases'],
  [{ [INDEX]: '{"format":1,"databases":[1]}' }, 'it names no databases'],
] as const)('an archive of %j is no backup', async ([files, why], { folder }) => {
  const file = await archive(folder, files)
  await expect(readIndex(file)).rejects.toThrow(`${file} is no backup of kubectl gc dolt backup: ${why}`)
})

test('neither is an empty file, nor what is not there', async ({ folder }) => {
  const file = join(folder, 'empty')
  await writeFile(file, '')
  await expect(readIndex(file)).rejects.toThrow('its first file is missing')
  await expect(readIndex(join(folder, 'none'))).rejects.toThrow(/cannot read .*none: ENOENT/)
  await expect(readIndex(folder)).rejects.toThrow(/cannot read .*: EISDIR/)
})

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}

test('a file is there once it is whole, for its owner only', async ({ folder }) => {
  const file = join(folder, 'town.tar')
  await writeFile(file, 'old')
  const result = await writeWhole(file, async (take) => {
    await take(chunks('new ', 'content'))
    expect(await readFile(file, 'utf8')).toBe('old')
    return 7
  })
  expect([result, await readFile(file, 'utf8'), await readdir(folder)]).toEqual([7, 'new content', ['town.tar']])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('what fails half way leaves what was there, and nothing else', async ({ folder }) => {
  const file = join(folder, 'town.tar')
  await writeFile(file, 'old')
  const failing = writeWhole(file, async (take) => {
    await take(
      (async function* () {
        yield Buffer.from('half')
        throw new Error('cut')
      })(),
    )
  })
  await expect(failing).rejects.toThrow('cut')
  expect([await readFile(file, 'utf8'), await readdir(folder)]).toEqual(['old', ['town.tar']])
})

test('a folder that is not there is told before anything is asked for', async ({ folder }) => {
  const write = () => Promise.reject(new Error('asked'))
  await expect(writeWhole(join(folder, 'none', 'town.tar'), write)).rejects.toThrow(/cannot write .*town.tar: ENOENT/)
})

test('the latest backup of each database that is old enough', () => {
  const at = (database: string, day: number) => ({
    database,
    folder: `/backups/${day}/${database}`,
    madeAt: new Date(Date.UTC(2026, 0, day)),
  })
  const backups = [at('town', 3), at('rig', 2), at('town', 1)]
  expect(latestOfEach(backups, undefined)).toEqual([at('rig', 2), at('town', 3)])
  expect(latestOfEach(backups, new Date(Date.UTC(2026, 0, 2)))).toEqual([at('rig', 2), at('town', 1)])
  expect(latestOfEach(backups, new Date(Date.UTC(2025, 0, 2)))).toEqual([])
})
