import { expect, test } from 'vitest'
import { Clock } from '../../src/broker/clock.ts'

test('a machine that slept is noticed once, a clock that is set right by a little is not', () => {
  let ahead = 1000
  const clock = new Clock(() => ahead)
  ahead += 500
  expect(clock.hasJumped()).toBe(false)
  ahead += 3_600_000
  expect([clock.hasJumped(), clock.hasJumped()]).toEqual([true, false])
})
