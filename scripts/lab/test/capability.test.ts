import { expect, test } from 'vitest'
import { boundsSysResource } from '../capability.ts'

test('CAP_SYS_RESOURCE is bit 24 of the bounding set', () => {
  expect(boundsSysResource('Name:\tnode\nCapEff:\t0000000000000000\nCapBnd:\t000001ffffffffff\n')).toBe(true)
  expect(boundsSysResource('Name:\tnode\nCapEff:\t000001ffffffffff\nCapBnd:\t000001fffeffffff\n')).toBe(false)
})
