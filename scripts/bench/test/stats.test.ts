import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figures } from '../stats.ts'

test('nearest rank', () => {
  expect(figures([3, 1, 2])).toEqual({ min: 1, median: 2, p99: 3, n: 3 })
  expect(figures(Array.from({ length: 1000 }, (_, index) => index + 1))).toMatchObject({ median: 500, p99: 990 })
})

test('are among the times, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, noNaN: true }), { minLength: 1 }), (times) => {
      const { min, median, p99 } = figures(times)
      expect(times).toContain(median)
      expect([min, median, p99]).toEqual([min, median, p99].sort((a, b) => a - b))
    }),
  )
})

test('no times are no figures', () => {
  expect(() => figures([])).toThrow(RangeError)
})
