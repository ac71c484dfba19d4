import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import { test as base, expect } from 'vitest'
import { type PackSource, pack } from '../../src/copy/pack.ts'

const test = base.extend<{
  folder: string
  from: string
  to: string
  unpack: (...sources: PackSource[]) => Promise<void>
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'gc-pack-'))
    await use(folder)
    execFileSync('chmod', ['-R', 'u+rwx', folder])
    rmSync(folder, { recursive: true, force: true })
  },
  from: async ({ folder }, use) => {
    mkdirSync(join(folder, 'from'))
    await use(join(folder, 'from'))
  },
  to: async ({ folder }, use) => {
    mkdirSync(join(folder, 'to'))
    await use(join(folder, 'to'))
  },
  unpack: async ({ to }, use) => {
    await use(async (...sources) => {
      const tar = spawn('tar', ['-xpof', '-', '-C', to], { stdio: ['pipe', 'inherit', 'inherit'] })
      const ended = once(tar, 'close')
      await pipeline(Readable.from(pack(sources)), tar.stdin)
      expect(await ended).toEqual([0, null])
    })
  },
})

/** Every entry below a folder: its kind, permissions and content, by its path in bytes. */
function tree(folder: Buffer | string): Record<string, string> {
  const found: Record<string, string> = {}
  const walk = (path: Buffer, name: string) => {
    for (const entry of readdirSync(path, 'buffer')) {
      const below = Buffer.concat([path, Buffer.from('/'), entry])
      const label = `${name}/${entry.toString('latin1')}`
      const { mode } = lstatSync(below)
      const kind = (mode & 0o170000).toString(8)
      if (kind === '120000') found[label] = `-> ${readlinkSync(below, 'buffer').toString('latin1')}`
      else found[label] = `${(mode & 0o7777).toString(8)} ${kind === '100000' ? readFileSync(below, 'latin1') : ''}`
      if (kind === '40000') walk(below, label)
    }
  }
  walk(Buffer.from(folder as string), '')
  return found
}

test('permissions, links, empty folders, times and long names arrive', async ({ from, to, unpack }) => {
  mkdirSync(join(from, 'empty'))
  mkdirSync(join(from, 'sub'))
  writeFileSync(join(from, 'sub', 'run'), '#!/bin/sh\n', { mode: 0o755 })
  writeFileSync(join(from, 'secret'), 'x'.repeat(1000), { mode: 0o600 })
  symlinkSync('../../etc/passwd', join(from, 'sub', 'out'))
  symlinkSync('y'.repeat(300), join(from, 'far'))
  const deep = join(from, 'd'.repeat(120), 'e'.repeat(120))
  mkdirSync(deep, { recursive: true })
  writeFileSync(join(deep, 'f'.repeat(250)), 'deep')
  utimesSync(join(from, 'sub'), 1_000_000_000, 1_000_000_000)
  chmodSync(join(from, 'sub'), 0o555)
  await unpack({ path: from, as: '' })
  expect(tree(to)).toEqual(tree(from))
  expect(lstatSync(join(to, 'sub')).mtimeMs).toBe(1_000_000_000_000)
})

test('names of any bytes arrive', async ({ folder, from, to, unpack }) => {
  const name = fc
    .uint8Array({ minLength: 1, maxLength: 255 })
    .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 47 ? 1 : byte))))
    .filter((bytes) => !['.', '..'].includes(bytes.toString('latin1')))
  await fc.assert(
    fc.asyncProperty(fc.array(name, { maxLength: 3 }), fc.uint8Array({ maxLength: 2000 }), async (names, content) => {
      for (const each of names) writeFileSync(Buffer.concat([Buffer.from(`${from}/`), each]), content)
      await unpack({ path: from, as: '' })
      expect(tree(to)).toEqual(tree(from))
      for (const each of [from, to]) {
        rmSync(each, { recursive: true })
        mkdirSync(each)
      }
    }),
    {
      numRuns: 25,
      examples: [[[Buffer.from('-rf *'), Buffer.from('new\nline'), Buffer.from([0xff, 0xfe])], Buffer.from('x')]],
    },
  )
  expect(readdirSync(folder).sort()).toEqual(['from', 'to'])
})

test('several sources go where they are told, without what is excluded', async ({ from, to, unpack }) => {
  writeFileSync(join(from, 'file'), 'one')
  mkdirSync(join(from, 'tree', '.gc'), { recursive: true })
  writeFileSync(join(from, 'tree', '.gc', 'state'), 'no')
  writeFileSync(join(from, 'tree', 'kept'), 'yes')
  const exclude = (relative: string) => relative === '.gc'
  await unpack({ path: join(from, 'file'), as: 'a/b/renamed' }, { path: join(from, 'tree'), as: 'c/', exclude })
  expect(readFileSync(join(to, 'a/b/renamed'), 'utf8')).toBe('one')
  expect(Object.keys(tree(join(to, 'c')))).toEqual(['/kept'])
})

test('followed links become what they point to; a circle and a dangling link stay links', async ({
  from,
  to,
  unpack,
}) => {
  writeFileSync(join(from, 'file'), 'content')
  mkdirSync(join(from, 'sub'))
  symlinkSync('../file', join(from, 'sub', 'link'))
  symlinkSync('..', join(from, 'sub', 'circle'))
  symlinkSync('nowhere', join(from, 'dangling'))
  await unpack({ path: from, as: '', followLinks: true })
  expect(tree(to)).toMatchObject({ '/sub/link': '644 content', '/sub/circle': '-> ..', '/dangling': '-> nowhere' })
})

test('a socket is left out; a source that is a link is followed', async ({ folder, from, to, unpack }) => {
  const server = createServer().listen(join(from, 'socket'))
  await once(server, 'listening')
  writeFileSync(join(from, 'file'), 'content')
  symlinkSync('from', join(folder, 'link'))
  await unpack({ path: join(folder, 'link'), as: '' })
  server.close()
  expect(readdirSync(to)).toEqual(['file'])
})

test('a file of more than 8 GiB has its size written, and padding to a block', async ({ from }) => {
  const file = join(from, 'sparse')
  execFileSync('truncate', ['-s', '9G', file])
  const archive = pack([{ path: file, as: 'sparse' }])
  const header = (await archive.next()).value as Buffer
  await archive.return(undefined)
  const listed = spawn('tar', ['-tvf', '-'])
  listed.stdin.on('error', () => {})
  listed.stdin.end(header)
  const [line] = (await once(listed.stdout, 'data')) as [Buffer]
  listed.kill()
  expect(line.toString()).toContain(` ${9 * 2 ** 30} `)
})

test('what is not there, and what becomes shorter, are errors', async ({ from }) => {
  await expect(pack([{ path: join(from, 'nothing'), as: 'x' }]).next()).rejects.toMatchObject({
    name: 'SourceNotFound',
  })
  const file = join(from, 'shrinks')
  writeFileSync(file, Buffer.alloc(1024 * 1024))
  const archive = pack([{ path: file, as: 'x' }])
  await archive.next()
  writeFileSync(file, 'short')
  await expect(archive.next().then(() => archive.next())).rejects.toMatchObject({ name: 'CopyFailed' })
})

test('what is removed while its folder is read is left out', async ({ from, to, unpack }) => {
  for (const name of ['gone', 'kept']) writeFileSync(join(from, name), name)
  const exclude = (relative: string) => {
    if (relative === 'gone') rmSync(join(from, relative))
    return false
  }
  await unpack({ path: from, as: '', exclude })
  expect(readdirSync(to)).toEqual(['kept'])
})

test('what cannot be read is an error, or left out and told of', async ({ from, to, unpack }) => {
  writeFileSync(join(from, 'kept'), '')
  for (let depth = 0; depth < 20; depth++) {
    mkdirSync(join(from, 'above'))
    if (depth > 0) renameSync(join(from, 'deep'), join(from, 'above', 'd'.repeat(250)))
    renameSync(join(from, 'above'), join(from, 'deep'))
  }
  const told: string[] = []
  await expect(unpack({ path: from, as: '' })).rejects.toThrow('ENAMETOOLONG')
  await unpack({ path: from, as: '', onUnreadable: ({ message }) => told.push(message) })
  expect(told).toEqual([expect.stringMatching(/^cannot read ".*d{250}": ENAMETOOLONG/)])
  expect(readdirSync(to)).toContain('kept')
  execFileSync('rm', ['-r', from, to])
})
