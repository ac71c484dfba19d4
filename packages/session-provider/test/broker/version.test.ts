import { expect, test } from 'vitest'
import { isLater } from '../../src/broker/version.ts'

test.for([
  ['1.0.0', '0.9.9', true],
  ['0.10.0', '0.9.0', true],
  ['1.2.3', '1.2.3', false],
  ['0.9.9', '1.0.0', false],
  ['1.2.4-rc.1', '1.2.3', true],
] as const)('%s is later than %s: %s', ([a, b, later]) => {
  expect(isLater(a, b)).toBe(later)
})
