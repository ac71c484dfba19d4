import assert from 'node:assert/strict'
import { type ConformanceCase, eventually } from '../context.ts'

/** What lists show, and what they leave out. */
export const listing: ConformanceCase[] = [
  {
    name: 'ListRunning_FindsSessions',
    async run(context) {
      const name = await context.shared()
      assert.deepEqual(await context.provider.listRunning(name), [name])
    },
  },
  {
    name: 'ListRunning_PrefixFiltering',
    async run(context) {
      const names = await context.alike()
      assert.deepEqual(
        await context.provider.listRunning(context.name('rig')),
        names.filter((name) => name.includes('rig')).sort(),
      )
      assert.deepEqual(await context.provider.listRunning(context.name('no-such-prefix')), [])
    },
  },
  {
    name: 'ListRunning_EmptyPrefix',
    async run(context) {
      const name = await context.shared()
      const all = await context.provider.listRunning('')
      assert.ok(all.includes(name), `${name} is not among ${all.join(' ')}`)
      assert.deepEqual(all, [...all].sort())
    },
  },
  {
    name: 'ListRunning_ConcurrentDistinctPrefixes',
    async run(context) {
      const names = await context.alike()
      const lists = await Promise.all(names.map((name) => context.provider.listRunning(name)))
      assert.deepEqual(
        lists,
        names.map((name) => [name]),
      )
    },
  },
  {
    name: 'ListRunning_ExcludesStopped',
    async run(context) {
      const name = await context.stopped()
      assert.deepEqual(await context.provider.listRunning(name), [])
    },
  },
  {
    name: 'ListRunning_ExcludesStopping',
    processes: true,
    async run(context) {
      const { name } = await context.start('stubborn', { command: `trap '' HUP; while :; do sleep 0.1; done` })
      const stopping = context.provider.stop(name, { gracePeriodSeconds: 2 })
      await eventually(async () => (await context.provider.describe(name))?.phase !== 'Running')
      assert.deepEqual(await context.provider.listRunning(name), [])
      await stopping
    },
  },
  {
    name: 'List_TellsOfEverySession',
    async run(context) {
      const names = [await context.shared(), ...(await context.alike())]
      const infos = await context.provider.list()
      for (const name of names) {
        const [info, ...others] = infos.filter((session) => session.name === name)
        assert.deepEqual(others, [])
        assert.equal(info?.phase, 'Running', name)
        assert.ok(info.createdAt.getTime() > 0, name)
      }
      assert.ok(!infos.some(({ name }) => name === context.name('unknown')))
    },
  },
]
