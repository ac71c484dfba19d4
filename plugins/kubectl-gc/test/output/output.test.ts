import fc from 'fast-check'
import { expect, test } from 'vitest'
import { age } from '../../src/output/age.ts'
import { clearProgress, startProgress } from '../../src/output/progress.ts'
import { table } from '../../src/output/table.ts'
import { Sink } from '../support/gc.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

test.for([
  [-5, '0s'],
  [5, '5s'],
  [119, '119s'],
  [3 * minute, '3m'],
  [3 * minute + 7, '3m7s'],
  [90 * minute, '90m'],
  [4 * hour + 30 * minute, '4h30m'],
  [12 * hour, '12h'],
  [2 * day + 5 * hour, '2d5h'],
  [30 * day, '30d'],
  [800 * day, '2y70d'],
  [4000 * day, '10y'],
] as const)('%d seconds are %s', ([seconds, text]) => {
  const then = new Date('2026-01-01T00:00:00Z')
  expect(age(then, new Date(then.getTime() + seconds * 1000))).toBe(text)
})

test('columns line up, whatever is in them', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'b', '-', '7'), minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), (rows) => {
      const lines = table(['A', 'B', 'C'], rows).trimEnd().split('\n')
      const second = lines[0]?.indexOf('B') ?? 0
      for (const [index, [, b]] of rows.entries()) {
        expect(lines[index + 1]?.slice(second - 3, second + b.length)).toBe(`   ${b}`)
      }
    }),
  )
})

test('progress leaves no trace in a file, unless it was asked to and takes long', async () => {
  const stderr = new Sink()
  for (const quietFor of [undefined, 60_000]) {
    using progress = startProgress(stderr, quietFor)
    progress.step('one')
    progress.step('two')
  }
  expect(stderr.text).toBe('')
})

test('progress that takes longer is told line by line', async () => {
  const stderr = new Sink()
  using progress = startProgress(stderr, 10)
  progress.step('one')
  progress.step('two')
  await expect.poll(() => stderr.text).toBe('two\n')
  progress.step('three')
  expect(stderr.text).toBe('two\nthree\n')
})

test('a line that is printed meanwhile finds the terminal clean, once', () => {
  const stderr = Object.assign(new Sink(), { isTTY: true })
  clearProgress(stderr)
  {
    using progress = startProgress(stderr)
    progress.step('one')
    clearProgress(stderr)
    clearProgress(stderr)
  }
  clearProgress(stderr)
  expect(stderr.text).toBe('\r\x1b[Kone\r\x1b[K')
})
