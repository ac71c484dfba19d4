import { expect, test } from 'vitest'
import { amount } from '../../src/doctor/quantity.ts'

test.for([
  ['500m', 0.5],
  ['2', 2],
  ['1Ki', 1024],
  ['1.5Gi', 1.5 * 1024 ** 3],
  ['1e3', 1000],
  ['12E', 12e18],
  ['100n', 1e-7],
  ['', undefined],
  ['1 Gi', undefined],
  ['Gi', undefined],
] as const)('%j is %j', ([quantity, number]) => {
  if (number === undefined) expect(amount(quantity)).toBeUndefined()
  else expect(amount(quantity)).toBeCloseTo(number, 9)
})
