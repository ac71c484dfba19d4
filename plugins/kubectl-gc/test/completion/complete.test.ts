import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { complete } from '../../src/completion/complete.ts'
import { lookupIn, type World } from '../../src/completion/lookup.ts'
import { replyText } from '../../src/completion/reply.ts'
import { MemorySessions } from '../support/memory-sessions.ts'
import { describeCommands } from './describe-commands.ts'

const table = describeCommands()

/** What is offered for a line, `|` being the end of it; and the directive. */
async function offered(line: string, world: Partial<World> = {}) {
  const sessions = new MemorySessions()
  sessions.add('mayor', { meta: { role: 'boss' } }).meta.role = 'boss'
  sessions.add('coder-1', { phase: 'Starting', reason: 'ErrImagePull' })
  const lookup = lookupIn({
    ...{ env: {}, signal: new AbortController().signal, folder: '/' },
    openSessions: async () => {
      const exec = async () => ({ stdout: Buffer.from('src/\0/etc/\0') })
      Object.assign(sessions.provider, { exec })
      return Object.assign(sessions, { closed: false })
    },
    openCluster: () => Promise.reject(new Error('no cluster')),
    ...world,
  })
  const { candidates, directive } = await complete(line.split(' '), table, lookup)
  return { values: candidates.map(({ value }) => value), directive }
}

test.for([
  ['st', ['start', 'stop', 'status'], 4],
  ['meta ', ['get', 'set', 'rm', 'list'], 4],
  ['meta g', ['get'], 4],
  ['help broker st', ['status', 'stop'], 4],
  ['list --out', ['--output'], 4],
  ['list -o js', ['json', 'jsonpath=', 'jsonpath-as-json=', 'jsonpath-file='], 4],
  ['list -o jsonpath=', ['jsonpath='], 6],
  ['list -o jsonpath={.i', [], 4],
  ['list -o=y', ['yaml'], 4],
  ['list --output=n', ['name'], 4],
  ['list may', ['mayor'], 4],
  ['version mayor', [], 4],
  ['peek ', ['mayor', 'coder-1'], 4],
  ['peek -n gc m', ['mayor'], 4],
  ['peek --lines ', [], 4],
  ['peek mayor ', [], 4],
  ['stop mayor ', ['coder-1'], 4],
  ['meta get mayor ', ['role'], 4],
  ['install --wait=f', ['false'], 4],
  ['start mayor -- ', [], 0],
  ['render ses', ['sessions'], 4],
  ['render sessions --values ', [], 0],
  ['render sessions --out ', [], 16],
  ['render sessions --set dolt.st', ['dolt.storage=', 'dolt.storageClassName='], 6],
  ['render sessions --set dolt.storage=5', [], 4],
  ['completion ', ['bash', 'zsh', 'fish', 'powershell', 'install'], 4],
  ['cp ', ['mayor:', 'coder-1:', './'], 6],
  ['cp may', ['mayor:'], 6],
  ['cp notes', [], 0],
  ['cp ./may', [], 0],
  ['cp /may', [], 0],
  ['cp mayor:', ['mayor:src/', 'mayor:/etc/'], 6],
  ['cp mayor:/', ['mayor:/etc/'], 6],
  ['cp mayor:none', [], 4],
  ['cp ./notes ', ['mayor:', 'coder-1:'], 6],
  ['cp ./notes mayor:s', ['mayor:src/'], 6],
  ['cp ./notes ./', [], 4],
  ['cp mayor:src/ ', [], 0],
  ['cp mayor:src/ may', [], 0],
  ['cp mayor:a b ', [], 4],
  ['explain se', ['session', 'sessions'], 6],
  ['explain ag', ['agent', 'agentsmith'], 6],
  ['explain session', ['session', 'sessions'], 6],
  ['explain session.', ['apiVersion', 'kind', 'metadata', 'spec', 'status'].map((field) => `session.${field}`), 6],
  ['explain session.status.pha', ['session.status.phase'], 4],
  ['explain session.spec', ['agent', 'image', 'nodeName'].map((field) => `session.spec.${field}`), 4],
  ['explain session.spe', ['session.spec'], 6],
  ['explain session.spec.image', ['session.spec.image'], 4],
  ['explain sessions.dolt.stor', ['sessions.dolt.storage', 'sessions.dolt.storageClassName'], 4],
  ['explain sessions.dol', ['sessions.dolt'], 6],
  ['explain session.nothing.', [], 4],
  ['explain nothing.at', [], 4],
  ['--kubeconfig ', [], 0],
  ['nonsense ', [], 4],
] as [string, string[], number][])('"kubectl gc %s" offers %j with directive %i', async ([line, values, directive]) => {
  expect(await offered(line)).toEqual({ values, directive })
})

test('every command, every topic and every flag is offered', async () => {
  const first = new Set(Object.keys(commands).map((id) => id.split(':')[0]))
  expect(new Set((await offered('')).values)).toEqual(first)
  for (const [id, { flags = {}, baseFlags = {} }] of Object.entries(commands)) {
    const { values } = await offered(`${id.replace(':', ' ')} --`)
    const names = [...Object.keys(flags), ...Object.keys(baseFlags), 'help']
    expect(new Set(values)).toEqual(new Set(names.map((name) => `--${name}`)))
  }
})

test('a flag is offered once, one that can be repeated again', async () => {
  expect((await offered('start a --image x --im')).values).toEqual([])
  expect((await offered('start a --env A=1 --en')).values).toEqual(['--env'])
})

test('the cluster asked is the one that the flags before the word name', async () => {
  const targets: unknown[] = []
  const openSessions: World['openSessions'] = async (target) => {
    targets.push(target)
    throw new Error('away')
  }
  await offered('peek --context there --namespace=team-a -n b ', { openSessions }).catch(() => {})
  expect(targets).toMatchObject([{ context: 'there', namespace: 'b' }])
})

test('a reply keeps to its lines whatever a session says', () => {
  const text = replyText({ candidates: [{ value: 'a', meaning: 'two\nlines\t\x1b[2J' }], directive: 4 })
  expect(text).toBe('a\ttwo lines [2J\n:4\n')
})

test('no words make it throw, or offer what does not begin as the word does', async () => {
  const word = fc.oneof(
    fc.constantFrom(...Object.keys(table.commands), '--', '-o', '--set', '--namespace='),
    fc.string(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
      const { candidates } = await complete(words, table, async () => [])
      const prefix = words.at(-1) ?? ''
      const value = prefix.startsWith('-') ? prefix.slice(prefix.indexOf('=') + 1) : prefix
      for (const candidate of candidates) {
        expect([prefix, value].some((begin) => candidate.value.startsWith(begin))).toBe(true)
      }
    }),
  )
})
