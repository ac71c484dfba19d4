import { expect, test } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { gc } from '../support/gc.ts'

test.for([[], ['--help'], ['help'], ['-h']])('%j lists every command, in groups', async (argv) => {
  const { code, stdout, stderr } = await gc(argv)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout.match(/^\w+:$/gm)).toEqual(['Usage:', 'Sessions:', 'City:', 'Cluster:', 'Help:'])
  for (const id of Object.keys(commands)) expect(stdout).toMatch(new RegExp(`^  ${id.split(':')[0]} `, 'm'))
})

test.for(Object.keys(commands))('%s has help with its flags and examples that name it', async (id) => {
  const words = id.split(':')
  const { code, stdout } = await gc([...words, '--help'])
  expect(code).toBe(0)
  expect(stdout).toContain(`Usage:\n  kubectl gc ${words.join(' ')}`)
  expect(stdout).toContain('--namespace=NAME')
  const examples = (commands[id]?.examples ?? []) as string[]
  expect(examples.length).toBeGreaterThan(0)
  for (const example of examples) expect(example).toContain(`kubectl gc ${words.join(' ')}`)
  expect(stdout.split('\n').filter((line) => line.length > 100 && !line.startsWith('  kubectl'))).toEqual([])
})

test('a topic lists its commands', async () => {
  const { code, stdout } = await gc(['meta'])
  expect(code).toBe(0)
  expect(stdout.match(/^ {2}(get|set|rm|list) /gm)).toHaveLength(4)
})

test.for([
  [['strat'], 'error: unknown command "strat" for "kubectl gc"\nTry: kubectl gc start\n'],
  [['meta', 'gte'], 'error: unknown command "gte" for "kubectl gc meta"\nTry: kubectl gc meta get\n'],
  [['zzzzzz'], 'error: unknown command "zzzzzz" for "kubectl gc"\nTry: kubectl gc --help\n'],
  [['list', '--colour'], 'error: unknown flag: --colour\nTry: kubectl gc list --help\n'],
  [['version', 'mayor'], 'error: unexpected argument: mayor\nTry: kubectl gc version --help\n'],
  [['peek'], 'error: missing argument: NAME\nTry: kubectl gc peek --help\n'],
  [['list', '-n'], 'error: flag --namespace expects a value\nTry: kubectl gc list --help\n'],
  [['peek', 'a', '--lines', 'x'], 'error: expected an integer but received: x\nTry: kubectl gc peek --help\n'],
  [
    ['start', 'a', '--cpu-request', 'much'],
    'error: --cpu-request must be a quantity such as 500m or 2, not "much"\nTry: kubectl gc start --help\n',
  ],
] as [string[], string][])('%j is refused in one line with a next step', async ([argv, stderr]) => {
  expect(await gc(argv)).toMatchObject({ code: 1, stdout: '', stderr, targets: [] })
})
