import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Freshness } from '../../src/top/freshness.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const after = (seconds: number) => vi.advanceTimersByTime(seconds * 1000)

test('a list is old once nobody has confirmed it for 4 s, also one that was never confirmed', () => {
  const begun = new Date()
  const freshness = new Freshness(begun)
  expect(freshness.oldSince).toBeUndefined()
  after(5)
  expect(freshness.oldSince).toEqual(begun)
})

test('an answer confirms it while changes are heard of, and only then', () => {
  const freshness = new Freshness(new Date())
  freshness.live(true, new Date())
  after(5)
  freshness.answered(new Date())
  const confirmed = new Date()
  expect(freshness.oldSince).toBeUndefined()
  freshness.live(false, new Date())
  after(5)
  freshness.answered(new Date())
  expect(freshness.oldSince).toEqual(confirmed)
  freshness.live(true, new Date())
  expect(freshness.oldSince).toBeUndefined()
})
