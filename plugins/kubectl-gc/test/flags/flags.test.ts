import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandLine } from '../../src/flags/command-line.ts'
import { parseDuration } from '../../src/flags/duration.ts'
import { parseEnv } from '../../src/flags/env.ts'
import { parseTime } from '../../src/flags/time.ts'
import { gc } from '../support/gc.ts'

test.for([
  ['30', 30_000],
  ['0', 0],
  ['500ms', 500],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['5', 5000],
  ['', undefined],
  ['-1', undefined],
  ['5d', undefined],
  ['soon', undefined],
] as const)('the duration %j is %s ms', ([text, milliseconds]) => {
  expect(parseDuration(text)).toBe(milliseconds)
})

test.for([
  ['2026-01-31T09:00:00Z', '2026-01-31T09:00:00.000Z'],
  ['2026-01-31T09:00:00.25+01:30', '2026-01-31T07:30:00.250Z'],
  ['2026-13-31T09:00:00Z', undefined],
  ['2026-01-31', undefined],
  ['2026-01-31 09:00:00', undefined],
  ['yesterday', undefined],
  ['', undefined],
] as const)('the time %j is %s', ([text, time]) => {
  expect(parseTime(text)?.toISOString()).toBe(time)
})

test('a variable is split at its first =', () => {
  expect(parseEnv(['A=1', 'B=x=y', 'C='])).toEqual({ A: '1', B: 'x=y', C: '' })
})

test.for(['A', '=1', '1A=2', 'A B=3', ''])('%j is no variable', (pair) => {
  expect(() => parseEnv([pair])).toThrow('--env must be KEY=VALUE')
})

test('words after -- reach the command as they are', () => {
  const word = fc.string({ unit: 'binary', minLength: 0 }).filter((text) => !text.includes('\0') && text.isWellFormed())
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const line = commandLine(undefined, ['printf', '%s\\0', ...words]) ?? ''
      expect(execFileSync('sh', ['-c', line]).toString()).toBe(words.map((text) => `${text}\0`).join(''))
    }),
    { numRuns: 30 },
  )
})

test('a command is given once', () => {
  expect(commandLine('exec claude', undefined)).toBe('exec claude')
  expect(commandLine(undefined, undefined)).toBeUndefined()
  expect(() => commandLine('a', ['b'])).toThrow('not both')
  expect(() => commandLine(undefined, [])).toThrow('must not be empty')
})

test('the global flags say how the server is reached', async () => {
  const argv = ['-s', 'https://api', '--token', 't', '--as', 'me', '--as-uid=7', '--insecure-skip-tls-verify', 'list']
  const files = ['--client-certificate=c', '--client-key=k', '--certificate-authority=a', '--tls-server-name=n']
  const { code, targets } = await gc([...argv, ...files])
  expect(code).toBe(0)
  expect(targets[0]?.target).toMatchObject({
    ...{ server: 'https://api', token: 't', as: 'me', asUid: '7', insecureSkipTlsVerify: true },
    ...{ clientCertificate: 'c', clientKey: 'k', certificateAuthority: 'a', tlsServerName: 'n' },
  })
  const { targets: secure } = await gc(['list', '--insecure-skip-tls-verify=false'])
  expect(secure[0]?.target.insecureSkipTlsVerify).toBeUndefined()
})

test('the global flags say where', async () => {
  const argv = [
    'list',
    '--context',
    'lab',
    '-n',
    'a',
    '--as',
    'me',
    '--as-group',
    'x',
    '--as-group',
    'y',
    '--request-timeout',
    '5s',
  ]
  const { targets } = await gc(argv)
  expect(targets[0]?.target).toMatchObject({
    ...{ context: 'lab', namespace: 'a', as: 'me', asGroups: ['x', 'y'], requestTimeout: 5000 },
  })
})
