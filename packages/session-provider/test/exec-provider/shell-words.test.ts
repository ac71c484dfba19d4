import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shellWords } from '../../src/exec-provider/shell-words.ts'

test.for<[string, string[] | undefined]>([
  ['tmux send-keys -t main Enter', ['tmux', 'send-keys', '-t', 'main', 'Enter']],
  [`  tmux 'a b'"c d"e ''\t-x\n\n`, ['tmux', 'a bc de', '', '-x']],
  [`tmux 'two\nlines' '$(id) \\'`, ['tmux', 'two\nlines', '$(id) \\']],
  ['', []],
  ['tmux a; id', undefined],
  ['tmux a\nid', undefined],
  ['tmux a && id', undefined],
  ['tmux $HOME', undefined],
  ['tmux "$HOME"', undefined],
  ['tmux "`id`"', undefined],
  ['tmux "a\\"b"', undefined],
  ['tmux a\\ b', undefined],
  ['tmux ~', undefined],
  ['tmux *', undefined],
  ['tmux {a,b}', undefined],
  ['tmux a # comment', undefined],
  ["tmux 'open", undefined],
  ['tmux a >file', undefined],
  ["tmux 'a\0b'", undefined],
])('%j', ([line, words]) => {
  expect(shellWords(line)).toEqual(words)
})

test('whatever it takes for words, a shell takes for the same', () => {
  const piece = fc.constantFrom(
    'a',
    '-t',
    '=x',
    ' ',
    '\t',
    '\n',
    "'",
    '"',
    '$',
    '\\',
    '#',
    ';',
    '*',
    '~',
    '%',
    '[',
    'é',
    '&',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const line = `printf '%s\\0' ${pieces.join('')}`
      const words = shellWords(pieces.join(''))
      fc.pre(words !== undefined && words.length > 0)
      const { stdout, status } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
      expect({ status, words: stdout.split('\0').slice(0, -1) }).toEqual({ status: 0, words })
    }),
    { numRuns: 300 },
  )
})
