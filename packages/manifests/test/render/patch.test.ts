import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Operation, patchOf } from '../../src/render/kustomize/patch.ts'

/** What RFC 6902 says of the three operations. */
function apply(document: unknown, operations: Operation[]): unknown {
  const root = { document: structuredClone(document) } as Record<string, unknown>
  for (const { op, path, value } of operations) {
    const steps = path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    const keys = ['document', ...steps.slice(1)]
    const last = keys.pop() ?? ''
    const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], root) as Record<
      string,
      unknown
    >
    if (Array.isArray(parent)) {
      if (op === 'add') parent.splice(last === '-' ? parent.length : Number(last), 0, value)
      else if (op === 'remove') parent.splice(Number(last), 1)
      else parent[Number(last)] = value
    } else if (op === 'remove') delete parent[last]
    else Object.defineProperty(parent, last, { value, enumerable: true, writable: true, configurable: true })
  }
  return root.document
}

test('a patch leads from the one to the other', () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.constantFrom<unknown>(1, 'a', true, null), tie('list'), tie('mapping')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    mapping: fc.dictionary(fc.constantFrom('a', 'b', 'c/d', 'e~f', ''), tie('value')),
  })).mapping
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(apply(before, patchOf(before, after))).toEqual(after)
    }),
  )
})

test('what is the same is not patched', () => {
  const object = { a: [{ b: 1 }], c: {} }
  expect(patchOf(object, structuredClone(object))).toEqual([])
})
