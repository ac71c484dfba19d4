import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { gc } from '../support/gc.ts'
import { MemorySessions } from '../support/memory-sessions.ts'

function city() {
  const sessions = new MemorySessions()
  sessions.add('coder-1', { phase: 'Starting', reason: 'ErrImagePull', agent: 'coder', node: undefined })
  sessions.add('mayor')
  return sessions
}

test('a table of what runs and what keeps the rest from it', async () => {
  const { code, stdout, stderr } = await gc(['list'], { sessions: city() })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toBe(
    [
      'NAME      STATUS         AGE    AGENT\n',
      'coder-1   ErrImagePull   120m   coder\n',
      'mayor     Running        120m   unknown\n',
    ].join(''),
  )
})

test('wide adds pod, node and image', async () => {
  const { stdout } = await gc(['list', '-o', 'wide'], { sessions: city() })
  expect(stdout.split('\n')[0]).toMatch(/AGENT +POD +NODE +IMAGE$/)
  expect(stdout.split('\n')[1]).toMatch(/coder +coder-1 +<none> +gc-agent:latest$/)
})

test('names and prefixes', async () => {
  expect((await gc(['list', '-o', 'name'], { sessions: city() })).stdout).toBe('session/coder-1\nsession/mayor\n')
  expect((await gc(['list', '-o', 'name', '--prefix', 'ma'], { sessions: city() })).stdout).toBe('session/mayor\n')
})

test('JSON and YAML are the same Kubernetes list', async () => {
  const { stdout: json } = await gc(['list', '--output', 'json'], { sessions: city() })
  const { stdout: yaml } = await gc(['list', '--output', 'yaml'], { sessions: city() })
  const list = JSON.parse(json)
  expect(parse(yaml)).toEqual(list)
  expect(list).toMatchObject({ apiVersion: 'v1', kind: 'List' })
  expect(list.items[0]).toMatchObject({
    kind: 'Session',
    metadata: { name: 'coder-1', namespace: 'gc', creationTimestamp: '2026-01-01T00:00:00Z' },
    status: { phase: 'Starting', reason: 'ErrImagePull' },
  })
})

test.for([
  [
    new Map([
      ['gc', 0],
      ['team-a', 3],
    ]),
    'No sessions in namespace gc; 3 in team-a.\n',
  ],
  [undefined, 'No sessions in namespace gc.\n'],
] as const)('an empty list is no failure and tells where sessions are', async ([counts, note]) => {
  const sessions = new MemorySessions()
  sessions.counts = counts === undefined ? undefined : new Map(counts)
  expect(await gc(['list'], { sessions })).toMatchObject({ code: 0, stdout: '', stderr: note })
})

test('an empty list as JSON is a list', async () => {
  const { stdout, stderr } = await gc(['list', '-o', 'json'])
  expect(JSON.parse(stdout).items).toEqual([])
  expect(stderr).toBe('')
})

test.for(['table', 'json'])('a namespace that is not there is an error (%s)', async (format) => {
  const sessions = new MemorySessions()
  sessions.exists = false
  const { code, stdout, stderr } = await gc(['list', '-o', format], { sessions })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toBe('error: namespace "gc" not found\nTry: kubectl gc install --namespace gc\n')
})

test('a namespace that cannot be looked at is taken to be there', async () => {
  const sessions = new MemorySessions()
  sessions.exists = undefined
  expect(await gc(['list'], { sessions })).toMatchObject({ code: 0, stderr: 'No sessions in namespace gc.\n' })
})
