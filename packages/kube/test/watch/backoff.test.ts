import { expect, test } from 'vitest'
import { Backoff } from '../../src/watch/backoff.ts'

test('the wait doubles from 0.8 s to 30 s, up to twice that by chance', () => {
  const backoff = new Backoff()
  const waits = Array.from({ length: 8 }, () => backoff.step(1_000_000, () => 0))
  expect(waits).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000])
  expect(backoff.step(1_000_000, () => 1)).toBe(60_000)
})

test('two healthy minutes begin it afresh', () => {
  const backoff = new Backoff()
  for (let i = 0; i < 5; i++) backoff.step(1_000_000, () => 0)
  expect(backoff.step(1_000_000 + 12_800 + 120_000, () => 0)).toBe(25_600)
  expect(backoff.step(1_000_000 + 400_000, () => 0)).toBe(800)
})
