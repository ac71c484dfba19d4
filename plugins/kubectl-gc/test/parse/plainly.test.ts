import { parse as parseByOclif } from '@oclif/core/parser'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { parsePlainly } from '../../src/parse/plainly.ts'
import type { FlagSpec, Spec } from '../../src/parse/spec.ts'

/** What oclif makes of it; undefined when it refuses it. */
async function byOclif({ args, flags, baseFlags }: Spec, argv: string[]) {
  const input = { args: { ...args }, flags: { ...baseFlags, ...flags } } as Parameters<typeof parseByOclif>[1]
  return await parseByOclif(argv, input).then(
    ({ args, flags }) => ({ args, flags }),
    () => undefined,
  )
}

/** Command lines that a command is often given, and ones that it should not be. */
function lines(spec: Spec): fc.Arbitrary<string[]> {
  const flags = Object.entries({ ...spec.baseFlags, ...spec.flags } as Record<string, FlagSpec>)
  const value = fc.constantFrom(
    '',
    'a',
    '5',
    '30s',
    'none',
    'x=y',
    '-',
    '--',
    '-n',
    '--wait',
    'json',
    'a b',
    '日本',
    '-5',
  )
  const word = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('mayor', 'sessions', 'KEY', 'value', 'bash') },
    { weight: 6, arbitrary: fc.constantFrom(...flags).chain(([name, flag]) => spelt(name, flag, value)) },
    { weight: 1, arbitrary: value.map((text) => [text]) },
    { weight: 1, arbitrary: fc.constantFrom(['--nonsense'], ['-x'], ['-nx'], ['-n=x'], ['--no-follow']) },
  )
  return fc.array(word, { maxLength: 5 }).map((words) => words.flat())
}

function spelt(name: string, flag: FlagSpec, value: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  const long = flag.char === undefined ? fc.constant(`--${name}`) : fc.constantFrom(`--${name}`, `-${flag.char}`)
  if (flag.type === 'boolean') return fc.oneof(long, fc.constant(`--no-${name}`)).map((word) => [word])
  const good = flag.options === undefined ? value : fc.oneof(value, fc.constantFrom(...flag.options))
  return fc.tuple(long, good, fc.boolean()).map(([word, text, joined]) => (joined ? [`${word}=${text}`] : [word, text]))
}

test.for(Object.keys(commands))('%s: what is read plainly, oclif reads in the same way', async (id) => {
  const spec = commands[id] as Spec
  await fc.assert(
    fc.asyncProperty(lines(spec), async (argv) => {
      const plainly = await parsePlainly(spec, argv)
      if (plainly !== undefined) expect(plainly).toEqual(await byOclif(spec, argv))
    }),
    { numRuns: 150 },
  )
})

test('what people type is plain', async () => {
  const typed: [string, string[]][] = [
    ['list', []],
    ['list', ['-n', 'gc', '--output=wide', '-A']],
    ['peek', ['mayor', '--lines', '5', '--follow']],
    ['nudge', ['mayor', 'hello there']],
    ['version', ['--client']],
    ['install', ['--no-wait', '--timeout', '10m', '--set', 'a=b', '--set', 'c=d']],
  ]
  for (const [id, argv] of typed) expect(await parsePlainly(commands[id] as Spec, argv), id).toBeDefined()
  expect(await parsePlainly(commands.peek as Spec, ['mayor', '--lines', '5'])).toMatchObject({
    args: { name: 'mayor' },
    flags: { lines: 5 },
  })
})
