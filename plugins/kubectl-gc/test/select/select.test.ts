import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUsageError } from '../../src/errors/usage.ts'
import { fieldSelector } from '../../src/select/fields.ts'
import { labelSelector } from '../../src/select/labels.ts'

const labels = { app: 'gc-agent', 'example.com/tier': 'back', empty: '' }

test.for([
  ['', true],
  ['app=gc-agent', true],
  ['app==gc-agent , example.com/tier != front', true],
  ['app!=gc-agent', false],
  ['missing!=x', true],
  ['missing=', false],
  ['empty=', true],
  ['app', true],
  ['!app', false],
  ['! missing', true],
  ['app in (a, gc-agent)', true],
  ['app notin (a,gc-agent)', false],
  ['missing notin (a)', true],
  ['missing in ()', false],
  ['constructor', false],
] as const)('%j meets the labels: %s', ([text, meets]) => {
  expect(labelSelector(text)(labels)).toBe(meets)
})

test('any text is a label selector or a usage error', () => {
  const piece = fc.constantFrom('a', '=', '!', ' in ', '(', ')', ',', ' ', 'b/c', '-')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      try {
        labelSelector(pieces.join(''))(labels)
      } catch (error) {
        if (!isUsageError(error)) throw error
      }
    }),
    { numRuns: 1000 },
  )
})

test('a field is compared with any text, written with backslashes where that is needed', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, other) => {
      const session = { metadata: { name } } as Parameters<ReturnType<typeof fieldSelector>>[0]
      const written = other.replace(/[\\,=]/g, '\\$&')
      expect(fieldSelector(`metadata.name=${written}`)(session)).toBe(name === other)
      expect(fieldSelector(`metadata.name!=${written}`)(session)).toBe(name !== other)
    }),
  )
})
