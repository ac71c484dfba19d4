import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect } from 'vitest'
import { copyFrom } from '../../src/copy/copy-from.ts'
import { copyTo } from '../../src/copy/copy-to.ts'
import type { RunBeside } from '../../src/run/spawn.ts'
import { test as base } from '../support/local-tmux.ts'

const test = base.extend<{ run: RunBeside; folder: (name: string) => string }>({
  run: async ({ local }, use) => {
    await use((_session, command, options) => local.transport(command, options))
  },
  folder: async ({ local }, use) => {
    await use((name) => {
      mkdirSync(join(local.folder, name))
      return join(local.folder, name)
    })
  },
})

test("a file goes to the path, or under its own name; a folder's content goes into the path", async ({
  run,
  folder,
}) => {
  const [from, to] = [folder('from'), folder('to')]
  writeFileSync(join(from, '-file'), 'content')
  await copyTo(run, 'main', join(from, '-file'), { folder: to, path: '' })
  await copyTo(run, 'main', join(from, '-file'), { folder: to, path: 'a/./b' })
  await copyTo(run, 'main', from, { folder: to, path: '/tree/' })
  for (const path of ['-file', 'a/b', 'tree/-file']) expect(readFileSync(join(to, path), 'utf8')).toBe('content')
})

test('what leads out of the target is refused', async ({ run, folder }) => {
  const [from, to] = [folder('from'), folder('to')]
  for (const path of ['..', 'a/../../b', '/../x']) {
    await expect(copyTo(run, 'main', from, { folder: to, path })).rejects.toMatchObject({
      name: 'InvalidArgument',
    })
  }
})

test('what the other side cannot write is an error with its words', async ({ run, folder }) => {
  const from = folder('from')
  writeFileSync(join(from, 'file'), Buffer.alloc(3_000_000))
  const full = { folder: '/dev/full', path: '' }
  await expect(copyTo(run, 'main', from, full)).rejects.toMatchObject({
    name: 'CopyFailed',
    message: expect.stringContaining('/dev/full'),
  })
})

test('a source that is not there, or cannot be read to the end that it claims, is an error', async ({
  run,
  folder,
}) => {
  const target = { folder: folder('to'), path: 'x' }
  await expect(copyTo(run, 'main', '/no/such/file', target)).rejects.toMatchObject({
    name: 'SourceNotFound',
  })
  const shorterThanItsSize = '/sys/kernel/uevent_seqnum'
  await expect(copyTo(run, 'main', shorterThanItsSize, target)).rejects.toMatchObject({ name: 'CopyFailed' })
})

test('a file comes over byte for byte; one that is not there, or is a folder, is an error', async ({ run, folder }) => {
  const from = folder('from')
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256))
  writeFileSync(join(from, '-name with\nnewline'), bytes)
  expect(await buffer(copyFrom(run, 'main', join(from, '-name with\nnewline'), undefined))).toEqual(bytes)
  await expect(buffer(copyFrom(run, 'main', join(from, 'none'), undefined))).rejects.toMatchObject({
    name: 'SourceNotFound',
  })
  await expect(buffer(copyFrom(run, 'main', from, undefined))).rejects.toMatchObject({ name: 'CopyFailed' })
})
