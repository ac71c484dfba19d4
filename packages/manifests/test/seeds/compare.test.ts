import { expect, test } from 'vitest'
import { extra, missing } from './compare.ts'

const printed = {
  a: 1,
  list: [
    { name: 'x', value: 'one' },
    { name: 'y', value: 'two' },
  ],
  tags: ['t'],
}

test('the same value misses nothing and adds nothing', () => {
  expect(missing(printed, structuredClone(printed))).toEqual([])
  expect(extra(printed, structuredClone(printed))).toEqual([])
})

test('elements are told apart by name, wherever they stand', () => {
  const rendered = { ...printed, list: [{ name: 'z' }, ...printed.list.toReversed()] }
  expect(missing(printed, rendered)).toEqual([])
  expect(extra(printed, rendered)).toEqual(['list[z]'])
})

test.for([
  ['another value', { ...printed, a: 2 }, 'a: 1, rendered: 2'],
  ['another type', { ...printed, a: '1' }, 'a: 1, rendered: "1"'],
  ['no value', { ...printed, a: undefined }, 'a: 1, rendered: undefined'],
  ['a lost element', { ...printed, tags: [] }, 'tags[0]: "t", rendered: undefined'],
  [
    'another element',
    { ...printed, list: [printed.list[0]] },
    'list[y]: {"name":"y","value":"two"}, rendered: undefined',
  ],
] as const)('%s is missing', ([, rendered, told]) => {
  expect(missing(printed, rendered)).toEqual([told])
})

test('a field inside an element is extra by its path', () => {
  const rendered = { ...printed, list: [{ name: 'x', value: 'one', more: { than: 1 } }, printed.list[1]] }
  expect(extra(printed, rendered)).toEqual(['list[x].more'])
})
