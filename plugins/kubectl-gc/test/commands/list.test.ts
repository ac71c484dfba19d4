import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClusterError } from '@kubectl-gc/session-provider'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { Interruption } from '../../src/interruption.ts'
import { gc, Sink } from '../support/gc.ts'
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

test('wide adds activity, node, pod, image and the last line of the terminal', async () => {
  const { stdout } = await gc(['list', '-o', 'wide'], { sessions: city() })
  expect(stdout.split('\n')[0]).toMatch(/AGENT +ACTIVITY +NODE +POD +IMAGE +LAST LINE$/)
  expect(stdout.split('\n')[1]).toMatch(/coder +<none> +<none> +coder-1 +gc-agent:latest$/)
  expect(stdout.split('\n')[2]).toMatch(/unknown +61m +node-1 +mayor +gc-agent:latest +\$$/)
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

test('a running session that cannot say what it does is listed all the same', async () => {
  const sessions = city()
  sessions.provider.open = () => Promise.reject(new ClusterError('cut'))
  const { code, stdout } = await gc(['list', '-o', 'wide'], { sessions })
  expect(code).toBe(0)
  expect(stdout.split('\n')[2]).toMatch(/^mayor .* <unknown> /)
})

test.for([
  [['-o', 'jsonpath={.items[*].metadata.name}'], 'coder-1 mayor'],
  [['-o=jsonpath={range .items[*]}{.metadata.name}{"\\n"}{end}'], 'coder-1\nmayor\n'],
  [['-o', 'jsonpath-as-json={.items[0].status.phase}'], '[\n    "Starting"\n]\n'],
  [
    ['-o', 'custom-columns=N:.metadata.name,NODE:.spec.nodeName'],
    'N         NODE\ncoder-1   <none>\nmayor     node-1\n',
  ],
  [['-o', 'custom-columns=N:metadata.name', '--no-headers'], 'coder-1\nmayor\n'],
  [['--no-headers'], 'coder-1   ErrImagePull   120m   coder\nmayor     Running        120m   unknown\n'],
  [['-o', 'name', '-l', 'tier=back'], 'session/mayor\n'],
  [['-o', 'name', '--selector', 'tier notin (back)'], 'session/coder-1\n'],
  [['-o', 'name', '--field-selector', 'status.phase=Running'], 'session/mayor\n'],
  [['-o', 'name', '--field-selector', 'spec.nodeName!=node-1,metadata.namespace=gc'], 'session/coder-1\n'],
  [['-o', 'name', '--sort-by', '.spec.agent'], 'session/coder-1\nsession/mayor\n'],
  [['-o', 'name', '--sort-by={.status.phase}'], 'session/mayor\nsession/coder-1\n'],
  [['-o', 'name', '--sort-by', 'status.reason'], 'session/mayor\nsession/coder-1\n'],
] as const)('list %j', async ([argv, expected]) => {
  const sessions = new MemorySessions()
  sessions.add('coder-1', { phase: 'Starting', reason: 'ErrImagePull', agent: 'coder', node: undefined })
  sessions.add('mayor', { labels: { tier: 'back' } })
  expect(await gc(['list', ...argv], { sessions })).toMatchObject({ code: 0, stdout: expected, stderr: '' })
})

test.for([
  [['-o', 'toml'], 'unable to match a printer suitable for the output format "toml", allowed formats are: table, wide'],
  [['-o', 'json=x'], 'unable to match a printer'],
  [['-o', 'jsonpath'], 'template format specified but no template given'],
  [['-o', 'jsonpath={.a'], 'error parsing jsonpath {.a, unclosed action'],
  [['-o', 'jsonpath={.items[7]}'], 'array index out of bounds: index 7, length 2'],
  [['-o', 'jsonpath-file=/nowhere'], 'error reading template /nowhere'],
  [['-o', 'custom-columns=A'], 'unexpected custom-columns spec: A'],
  [['-l', 'a b'], 'unable to parse the label selector requirement "a b"'],
  [['-l', 'a in ()x'], 'unable to parse'],
  [['--field-selector', 'status.colour=red'], 'field label not supported: status.colour'],
  [['--field-selector', 'x'], 'invalid field selector'],
  [['--sort-by', '.nope'], 'couldn\'t find any field with path ".nope"'],
  [['--sort-by', '.spec'], 'unsortable field'],
] as const)('list %j is an error with a next step', async ([argv, why]) => {
  const { code, stdout, stderr } = await gc(['list', ...argv], { sessions: city() })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^error: /)
  expect(stderr).toContain(why)
  expect(stderr).toMatch(/\nTry: .+\n$/)
})

test('templates and columns come from files too', async () => {
  const [template, columns] = ['template', 'columns'].map((name) => join(tmpdir(), `gc-list-${process.pid}-${name}`))
  await writeFile(template ?? '', '{.items[*].metadata.name}!')
  await writeFile(columns ?? '', 'NAME   STATE\n.metadata.name   .status.phase\n')
  expect((await gc(['list', '-o', `jsonpath-file=${template}`], { sessions: city() })).stdout).toBe('coder-1 mayor!')
  const { stdout } = await gc(['list', '-o', `custom-columns-file=${columns}`], { sessions: city() })
  expect(stdout).toBe('NAME      STATE\ncoder-1   Starting\nmayor     Running\n')
})

test('all namespaces are asked for at once, and have a column', async () => {
  const sessions = city()
  sessions.add('other', { namespace: 'team-a', labels: { b: '2', a: '1' } })
  const { stdout } = await gc(['list', '-A', '--show-labels'], { sessions })
  expect(stdout.split('\n')[0]).toMatch(/^NAMESPACE +NAME .* LABELS$/)
  expect(stdout).toMatch(/team-a +other .* a=1,b=2\n/)
  expect(sessions.lists).toMatchObject([{ allNamespaces: true }])
})

test('nothing found says what was looked for', async () => {
  const { stderr } = await gc(['list', '-l', 'a=b', '--prefix', 'x', '--field-selector', 'status.phase=Running'])
  expect(stderr).toBe(
    'No sessions with prefix "x" and labels "a=b" and fields "status.phase=Running" in namespace gc.\n',
  )
  expect((await gc(['list', '-A'])).stderr).toBe('No sessions in any namespace.\n')
})

test('colour is for terminals, and never with NO_COLOR', async () => {
  const terminal = () => Object.assign(new Sink(), { isTTY: true })
  const show = async (env: NodeJS.ProcessEnv) =>
    (await gc(['list'], { sessions: city(), stdout: terminal(), env })).stdout
  expect(await show({})).toContain('\x1b[32mRunning')
  expect(await show({})).toContain('\x1b[31mErrImagePull')
  expect(await show({ NO_COLOR: '1' })).not.toContain('\x1b')
  expect((await gc(['list'], { sessions: city() })).stdout).not.toContain('\x1b')
})

function watching(argv: string[], terminal = false) {
  const sessions = city()
  const stdout = terminal ? Object.assign(new Sink(), { isTTY: true, columns: 80, rows: 3 }) : new Sink()
  const abort = new AbortController()
  const ended = gc(['list', ...argv], { sessions, stdout, signal: abort.signal, env: { NO_COLOR: '1' } })
  const end = () => {
    abort.abort(Interruption.bySignal('SIGINT'))
    return ended
  }
  const isWatched = () => expect.poll(() => sessions.changes.listenerCount('change')).toBe(1)
  return { sessions, stdout, end, isWatched }
}

test('a watch on a pipe adds a line for each change to what is meant', async () => {
  const { sessions, stdout, end, isWatched } = watching(['-w', '--prefix', 'coder'])
  await isWatched()
  sessions.tell('changed', 'coder-1', { phase: 'Running', reason: undefined })
  sessions.tell('added', 'deacon')
  sessions.tell('added', 'coder-2')
  sessions.tell('removed', 'coder-1')
  await expect.poll(() => stdout.text.split('\n')).toHaveLength(6)
  expect(await end()).toMatchObject({ code: 130, stderr: '' })
  expect(stdout.text).toBe(
    [
      'NAME      STATUS         AGE    AGENT\n',
      'coder-1   ErrImagePull   120m   coder\n',
      'coder-1   Running        120m   coder\n',
      'coder-2   Running        120m   unknown\n',
      'coder-1   Deleted        120m   coder\n',
    ].join(''),
  )
})

test('--watch-only leaves out what is there, and other formats print objects', async () => {
  const { sessions, stdout, end, isWatched } = watching(['--watch-only', '-o', 'jsonpath={.metadata.name}{"\\n"}'])
  await isWatched()
  sessions.tell('added', 'coder-2')
  await expect.poll(() => stdout.text).toBe('coder-2\n')
  expect((await end()).code).toBe(130)
})

test('a watch on a terminal repaints what has room', async () => {
  const { sessions, stdout, end, isWatched } = watching(['-w'], true)
  await isWatched()
  await expect.poll(() => stdout.text).toContain('mayor     Running')
  sessions.tell('added', 'zoe')
  await expect.poll(() => stdout.text).toContain('... and 2 more')
  expect((await end()).code).toBe(130)
  expect(stdout.text).toContain('\x1b[?1049l')
})

test('a watch that fails is an error', async () => {
  const sessions = city()
  sessions.provider.watch = async function* () {
    yield* []
    throw new ClusterError('the watch was refused')
  }
  const stdout = Object.assign(new Sink(), { isTTY: true, columns: 80, rows: 9 })
  for (const world of [{ sessions }, { sessions, stdout }]) {
    expect(await gc(['list', '-w'], world)).toMatchObject({ code: 1, stderr: 'error: the watch was refused\n' })
  }
})

test('names: only these, in a table or as objects; one that is not there is an error after the rest', async () => {
  const list = (...argv: string[]) => gc(['list', ...argv], { sessions: city() })
  expect((await list('mayor')).stdout).toBe('NAME    STATUS    AGE    AGENT\nmayor   Running   120m   unknown\n')
  expect((await list('mayor', 'coder-1', '-o', 'name')).stdout).toBe('session/coder-1\nsession/mayor\n')
  expect(JSON.parse((await list('mayor', '-o', 'json')).stdout)).toMatchObject({ kind: 'Session' })
  expect(JSON.parse((await list('mayor', 'coder-1', '-o', 'json')).stdout).items).toHaveLength(2)
  expect(await list('mayor', 'nobody', '-o', 'name')).toMatchObject({
    ...{ code: 1, stdout: 'session/mayor\n' },
    stderr: 'error: session "nobody" not found\nTry: kubectl gc list\n',
  })
  expect((await list('a', 'b')).stderr.match(/^error: /gm)).toHaveLength(2)
  for (const flags of [['-A'], ['-l', 'a=b'], ['--prefix', 'm']]) {
    expect((await list('mayor', ...flags)).stderr).toContain('names cannot be given together with')
  }
})
