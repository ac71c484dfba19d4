import fc from 'fast-check'
import { expect } from 'vitest'
import { InvalidArgument } from '../../src/errors.ts'
import { quote } from '../../src/tmux/quote.ts'
import { test } from '../support/local-tmux.ts'

const bytes = fc.uint8Array({ min: 1, max: 255, minLength: 1, maxLength: 300 })
const awkward = fc.constantFrom(
  '~',
  '~root',
  '$HOME',
  '#{pid}',
  '%H',
  'a;',
  ';',
  '"',
  "'",
  '\\',
  '-x',
  'ends\n',
  '\t',
  '日本語',
)

test('every byte but NUL survives as one word of a tmux command', async ({ session }) => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        bytes,
        awkward.map((text) => Buffer.from(text)),
      ),
      async (data) => {
        await session.tmux.run(`set-environment -t =main WORD ${quote(data)}`)
        const answer = await session.tmux.run('show-environment -t =main WORD')
        expect(answer).toEqual(Buffer.concat([Buffer.from('WORD='), data]))
      },
    ),
    { numRuns: 300 },
  )
})

test('a NUL byte is refused, because tmux would cut the line there', () => {
  expect(() => quote('a\0b')).toThrow(InvalidArgument)
})
