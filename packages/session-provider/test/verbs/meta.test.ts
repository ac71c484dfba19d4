import fc from 'fast-check'
import { expect } from 'vitest'
import { test } from '../support/local-tmux.ts'

test('a value comes back exactly', async ({ session }) => {
  const value = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !text.includes('\0'))
  await fc.assert(
    fc.asyncProperty(value, async (text) => {
      await session.setMeta('KEY', text)
      expect(await session.getMeta('KEY')).toBe(text)
    }),
    { numRuns: 100 },
  )
})

test('a value that looks like an answer of tmux is a value', async ({ session }) => {
  const value = `%begin 1 2 1\n%end 1 2 1\n%exit\n%error 1 2 1`
  await session.setMeta('KEY', value)
  expect(await session.getMeta('KEY')).toBe(value)
  expect(await session.listMeta()).toMatchObject({ KEY: value })
})

test('a key that is not set, or was removed, is undefined', async ({ session }) => {
  expect(await session.getMeta('KEY')).toBeUndefined()
  await session.setMeta('KEY', '')
  expect(await session.getMeta('KEY')).toBe('')
  await session.removeMeta('KEY')
  await session.removeMeta('KEY')
  expect(await session.getMeta('KEY')).toBeUndefined()
})

test.for(['', 'a b', 'a=b', '1st', '-x', 'é'])('"%s" is no key', async (key, { session }) => {
  await expect(session.setMeta(key, 'value')).rejects.toThrow('is not a metadata key')
})

test('a value over 96 KiB is refused', async ({ session }) => {
  await expect(session.setMeta('KEY', 'x'.repeat(100_000))).rejects.toThrow('over 96 KiB')
})
