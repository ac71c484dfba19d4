import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appended } from '../../src/peek/appended.ts'

test.for([
  [[], ['a'], ['a']],
  [['a'], ['a'], []],
  [['a'], ['a', 'b'], ['b']],
  [['a', 'b'], ['b', 'c'], ['c']],
  [
    ['a', 'b', 'c'],
    ['a', 'x', 'c'],
    ['x', 'c'],
  ],
  [['a'], [], []],
  [['a', 'b'], ['c'], ['c']],
] as [string[], string[], string[]][])('%j, then %j: %j is new', ([before, after, fresh]) => {
  expect(appended(before, after)).toEqual(fresh)
})

test('following a window that moves over distinct lines gives every line once', () => {
  const steps = fc.array(fc.nat(5), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 6, max: 10 }), (counts, height) => {
      let total = 0
      let before: string[] = []
      const seen: string[] = []
      for (const count of counts) {
        total += count
        const after = Array.from({ length: total }, (_, row) => `line ${row}`).slice(-height)
        seen.push(...appended(before, after))
        before = after
      }
      expect(seen).toEqual(Array.from({ length: total }, (_, row) => `line ${row}`))
    }),
  )
})
