import fc from 'fast-check'
import { expect, test } from 'vitest'
import { literal } from '../src/index.ts'

/** What Kubernetes does to `command`, `args` and `env` values. */
function expand(text: string, variables: Record<string, string>): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (match, name?: string) => {
    if (match === '$$') return '$'
    return variables[name ?? ''] ?? match
  })
}

const dollars = fc.array(fc.constantFrom('$', '$$', '(', ')', 'HOME', '$(HOME)', '$$(HOME)', 'a', '\n'))

test('Kubernetes hands on exactly what was given', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        dollars.map((parts) => parts.join('')),
      ),
      (text) => {
        expect(expand(literal(text), { HOME: '/home/agent' })).toBe(text)
      },
    ),
  )
})

test('without it, Kubernetes would change the text', () => {
  expect(expand('echo $$ $(HOME)', { HOME: '/home/agent' })).toBe('echo $ /home/agent')
})
