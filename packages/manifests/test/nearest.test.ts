import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest } from '../src/nearest.ts'

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,12}$/), { minLength: 1, maxLength: 8 })
const named = names.chain((all) => fc.record({ all: fc.constant(all), name: fc.constantFrom(...all), at: fc.nat() }))

test('a name is nearest to itself, whatever its capitals', () => {
  fc.assert(
    fc.property(named, ({ all, name }) => {
      expect(nearest(name, all)).toBe(name)
      expect(nearest(name.toUpperCase(), all)).toBe(name)
    }),
  )
})

test('one slip of the only name leads to it', () => {
  const slips = [
    (name: string, at: number) => name.slice(0, at) + name.slice(at + 1),
    (name: string, at: number) => `${name.slice(0, at)}q${name.slice(at)}`,
    (name: string, at: number) => `${name.slice(0, at)}q${name.slice(at + 1)}`,
    (name: string, at: number) => name.slice(0, at) + (name[at + 1] ?? '') + name[at] + name.slice(at + 2),
  ]
  fc.assert(
    fc.property(named, fc.constantFrom(...slips), ({ name, at }, slip) => {
      expect(nearest(slip(name, at % name.length), [name])).toBe(name)
    }),
  )
})

test('what is named is always one of the names, and not further away than a third of the word', () => {
  fc.assert(
    fc.property(names, fc.string({ maxLength: 12 }), (all, word) => {
      const found = nearest(word, all)
      if (found === undefined) return
      expect(all).toContain(found)
      const isBegun = found.startsWith(word.toLowerCase())
      const difference = Math.abs(found.length - word.length)
      expect(isBegun || difference <= Math.max(1, word.length / 3)).toBe(true)
    }),
  )
})

test.for([
  ['storag', ['storageClassName', 'storage'], 'storage'],
  ['st', ['cat', 'status'], 'status'],
  ['s', ['status'], undefined],
  ['', ['status'], undefined],
  ['mayor', ['deacon', 'refinery'], undefined],
  ['pek', ['nudge', 'peek'], 'peek'],
  ['strat', ['stop', 'start'], 'start'],
] as const)('%s among %s: %s', ([word, all, expected]) => {
  expect(nearest(word, all)).toBe(expected)
})
