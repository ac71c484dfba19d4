import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test as base, expect } from 'vitest'
import { labFolder } from '../folder.ts'
import { ensurePrograms, sourceStamp } from '../programs.ts'
import { Progress } from '../progress.ts'

const test = base.extend<{ home: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the parameter
  home: async ({}, use) => {
    const home = realpathSync(mkdtempSync(join(tmpdir(), 'lab-programs-')))
    await use(home)
    rmSync(home, { recursive: true })
  },
})

function lab(home: string) {
  const folder = labFolder({ KUBECTL_GC_LAB_DIR: join(home, 'lab') })
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() }) as unknown as NodeJS.WriteStream
  return { folder, progress: new Progress(folder.logs, silent) }
}

function program(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text)
  chmodSync(join(folder, name), 0o755)
}

test('a folder of programs is used as it is', async ({ home }) => {
  const { folder, progress } = lab(home)
  program(join(home, 'given'), 'kind', 'first')
  await ensurePrograms(folder, progress, ['kind'], join(home, 'given'))
  program(join(home, 'given'), 'kind', 'second')
  expect(readFileSync(join(folder.programs, 'kind'), 'utf8')).toBe('second')
})

test('an archive is unpacked once, and again when it has changed', async ({ home }) => {
  const { folder, progress } = lab(home)
  const archive = join(home, 'programs.tar.zst')
  const pack = (text: string, second: number) => {
    program(join(home, 'given'), 'kind', text)
    execFileSync('sh', ['-c', 'tar -C "$1" -c . | zstd -q -f -o "$2"', 'sh', join(home, 'given'), archive])
    utimesSync(archive, second, second)
  }
  const unpacked = async () => {
    await ensurePrograms(folder, progress, ['kind'], archive)
    return readFileSync(join(folder.programs, 'kind'), 'utf8')
  }
  pack('first', 1_700_000_000)
  expect(await unpacked()).toBe('first')
  writeFileSync(join(folder.programs, 'kind'), 'kept')
  expect(await unpacked()).toBe('kept')
  pack('other', 1_700_000_001)
  expect(await unpacked()).toBe('other')
})

test('the stamp of an archive changes with its size, its time and its path', async ({ home }) => {
  const stamps = new Set<string>()
  for (const [name, text, second] of [
    ['a', 'one', 1],
    ['a', 'three', 1],
    ['a', 'three', 2],
    ['b', 'three', 2],
  ] as const) {
    writeFileSync(join(home, name), text)
    utimesSync(join(home, name), second, second)
    stamps.add(await sourceStamp(join(home, name)))
  }
  expect(stamps.size).toBe(4)
})

test('a source that is not there is named', async ({ home }) => {
  const { folder, progress } = lab(home)
  const missing = join(home, 'nowhere.tar.zst')
  await expect(ensurePrograms(folder, progress, ['kind'], missing)).rejects.toThrow(missing)
})
