import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LateAnnotations } from '../../src/kubernetes/late-annotations.ts'

const change = fc.record({
  pod: fc.constantFrom('a', 'b'),
  key: fc.constantFrom('x', 'y', 'z'),
  value: fc.option(fc.string(), { nil: null }),
  pause: fc.boolean(),
})

test('each pod ends with the latest value of each key, and is never written to twice at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change), async (changes) => {
      const late = new LateAnnotations()
      const wanted: Record<string, string | null> = {}
      const written: Record<string, string | null> = {}
      const busy = new Set<string>()
      for (const { pod, key, value, pause } of changes) {
        wanted[`${pod}/${key}`] = value
        late.add(pod, { [key]: value }, async (annotations) => {
          expect(busy.has(pod)).toBe(false)
          busy.add(pod)
          await setImmediate()
          for (const [key, value] of Object.entries(annotations)) written[`${pod}/${key}`] = value
          busy.delete(pod)
        })
        if (pause) await setImmediate()
      }
      await late.settled()
      expect(written).toEqual(wanted)
    }),
  )
})

test('what is added while one is written goes out together', async () => {
  const late = new LateAnnotations()
  const written: object[] = []
  for (const value of ['1', '2', '3']) late.add('a', { key: value }, async (all) => void written.push(all))
  await late.settled()
  expect(written).toEqual([{ key: '1' }, { key: '3' }])
})
