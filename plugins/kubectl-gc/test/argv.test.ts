import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBooleans, readCommandLine } from '../src/argv.ts'

test.for([
  [['list', '-v'], 1],
  [['list', '-v', '6'], 6],
  [['list', '-v6'], 6],
  [['-v=6', 'list'], 6],
  [['list', '--v=2'], 2],
  [['list'], 0],
] as const)('%j is verbosity %d', ([argv, verbosity]) => {
  expect(readCommandLine([...argv])).toEqual({ words: ['list'], rest: undefined, verbosity })
})

test('global flags may stand before the command', () => {
  const { words } = readCommandLine(['-n', 'team-a', '--context=lab', '--kubeconfig', 'file', 'peek', 'mayor', '-f'])
  expect(words).toEqual(['peek', 'mayor', '-f', '-n', 'team-a', '--context=lab', '--kubeconfig', 'file'])
})

test('everything after -- stays as it is', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('-v', '--', '-n', '--help'))
  fc.assert(
    fc.property(fc.array(word), (rest) => {
      expect(readCommandLine(['exec', 'mayor', '--', ...rest])).toEqual({
        words: ['exec', 'mayor'],
        rest,
        verbosity: 0,
      })
    }),
  )
})

test('flags of yes and no take a value as kubectl writes it', () => {
  const words = ['--wait=false', '--dry-run=true', '--nudge=true', 'true']
  expect(readBooleans(words, ['wait', 'dry-run'])).toEqual(['--no-wait', '--dry-run', '--nudge=true', 'true'])
  expect(readBooleans(['--wait=false', 'x'], ['wait'], [])).toEqual(['x'])
})
