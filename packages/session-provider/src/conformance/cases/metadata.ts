import assert from 'node:assert/strict'
import type { ConformanceCase } from '../context.ts'

const VALUES = [
  '',
  'plain',
  'a = "b"',
  "it's $HOME `id` $(id) \\ ; # ~ %d #{pane_id} !",
  'two\nlines\n\n',
  '\t tabs and spaces \t ',
  'KEY=value',
  '日本語 é 😀',
  '\u0001\u001b[31m\u007f',
  'x'.repeat(64 * 1024),
]

/** The metadata of a session. */
export const metadata: ConformanceCase[] = [
  {
    name: 'SetGetMeta_RoundTrip',
    async run(context) {
      const name = await context.shared()
      for (const [index, value] of VALUES.entries()) {
        await context.provider.setMeta(name, `ROUND_TRIP_${index}`, value)
        assert.equal(await context.provider.getMeta(name, `ROUND_TRIP_${index}`), value)
      }
    },
  },
  {
    name: 'GetMeta_UnsetKey',
    async run(context) {
      assert.equal(await context.provider.getMeta(await context.shared(), 'NEVER_SET'), undefined)
    },
  },
  {
    name: 'RemoveMeta_ThenGetReturnsEmpty',
    async run(context) {
      const name = await context.shared()
      await context.provider.setMeta(name, 'REMOVED', 'value')
      await context.provider.removeMeta(name, 'REMOVED')
      assert.equal(await context.provider.getMeta(name, 'REMOVED'), undefined)
      await context.provider.removeMeta(name, 'REMOVED')
    },
  },
  {
    name: 'SetMeta_OverwritesPrevious',
    async run(context) {
      const name = await context.shared()
      await context.provider.setMeta(name, 'OVERWRITTEN', 'a longer first value')
      await context.provider.setMeta(name, 'OVERWRITTEN', 'second')
      assert.equal(await context.provider.getMeta(name, 'OVERWRITTEN'), 'second')
    },
  },
  {
    name: 'Meta_MultipleKeys',
    async run(context) {
      const name = await context.shared()
      const pairs = Object.entries({ MULTIPLE_1: 'one', MULTIPLE_2: 'a\nMULTIPLE_3=forged', MULTIPLE_4: '' })
      await Promise.all(pairs.map(([key, value]) => context.provider.setMeta(name, key, value)))
      const all = await context.provider.listMeta(name)
      assert.deepEqual(
        Object.entries(all)
          .filter(([key]) => key.startsWith('MULTIPLE_'))
          .sort(),
        pairs,
      )
    },
  },
  {
    name: 'Meta_InvalidKey_ReturnsError',
    async run(context) {
      const name = await context.shared()
      for (const key of ['', 'two words', '1st', 'a=b']) {
        await assert.rejects(context.provider.setMeta(name, key, 'x'), { name: 'InvalidArgument' }, JSON.stringify(key))
      }
      await assert.rejects(context.provider.setMeta(name, 'NUL', 'a\0b'), { name: 'InvalidArgument' })
      await assert.rejects(context.provider.setMeta(name, 'LONG', 'x'.repeat(97 * 1024)), { name: 'InvalidArgument' })
    },
  },
]
