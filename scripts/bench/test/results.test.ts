import { expect, test } from 'vitest'
import { misses, ratio } from '../benchmark.ts'
import { page, rowsTable } from '../page.ts'
import { plot } from '../plot.ts'
import { figures } from '../stats.ts'

const bars = { bar: 1 / 5, aim: 1 / 10 }
const row = ratio('peek', { ours: figures([8, 10, 12]), 'kubectl floor': figures([100, 100, 130]) }, bars)

test('a ratio is of the medians, ours by the floor', () => {
  expect(row).toMatchObject({ figure: 0.1, unit: 'times', bar: 0.2, aim: 0.1 })
  expect(() => ratio('peek', { ours: figures([1]) }, bars)).toThrow('a ratio is of two series')
})

test.for([
  [0.3, false],
  [0.31, true],
] as const)('%d beside a bar of 0.2 misses it by half: %s', ([figure, missed]) => {
  expect(misses({ ...row, figure })).toBe(missed)
  expect(misses({ ...row, figure, knownMiss: 'of the machine' })).toBe(false)
})

test('the table has each figure with its bar, its aim and what it was made from', () => {
  const line = '| peek | **0.10** | 0.20 | 0.10 | ours 8.0 / 10 / 12 (3); kubectl floor 100 / 100 / 130 (3) |'
  expect(rowsTable([row]).split('\n')).toContain(line)
  const memory = { what: 'memory', series: {}, figure: 81.4, unit: 'MB', bar: 150, aim: 100 } as const
  expect(rowsTable([memory])).toContain('| memory | **81 MB** | 150 MB | 100 MB |')
})

test('a known miss is told with its reason', () => {
  expect(rowsTable([{ ...row, knownMiss: 'of the machine' }])).toContain(
    '(1) Missed in some runs, because of the machine.',
  )
})

test('the page tells how to repeat each part', () => {
  const benchmark = { name: 'verbs', about: 'One verb.', run: async () => [row] }
  expect(page(new Map([[benchmark, [row]]]))).toContain('scripts/bench/main.ts verbs\n')
})

test('the plot draws a bar for each row, no longer than the plot', () => {
  const svg = plot([row, { ...row, what: '<slow>', figure: 99 }])
  const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width))
  expect(widths).toHaveLength(2)
  expect(widths[1]).toBe(420)
  expect(svg).toContain('&lt;slow>')
})
