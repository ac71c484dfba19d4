import { expect, test } from 'vitest'
import { actionOf } from '../../src/apply/difference.ts'

const live = {
  ...{ apiVersion: 'v1', kind: 'Service', spec: { a: 1, b: [{ c: 2, d: 3 }] }, status: { x: 1 } },
  metadata: { name: 's', resourceVersion: '1', uid: 'u', labels: { a: 'b' }, managedFields: [{ manager: 'm' }] },
}

test.for([
  ['what is new', undefined, live, 'created'],
  ['the same', live, live, 'unchanged'],
  [
    'another status and version',
    live,
    { ...live, status: {}, metadata: { ...live.metadata, resourceVersion: '2' } },
    'unchanged',
  ],
  ['another order of keys', live, { ...live, spec: { b: [{ d: 3, c: 2 }], a: 1 } }, 'unchanged'],
  ['another order of a list', live, { ...live, spec: { a: 1, b: [{ c: 2, d: 3 }, 1] } }, 'configured'],
  ['another label', live, { ...live, metadata: { ...live.metadata, labels: { a: 'c' } } }, 'configured'],
] as const)('%s', ([, before, after, action]) => {
  expect(actionOf(before, after)).toBe(action)
})
