import { expect } from 'vitest'
import { test } from './support/test.ts'

const shell = JSON.stringify({ command: 'sh', env: { GC_AGENT: 'coder', PRICE: '5$ $(id) $$' } })

test('start, is-running, list-running, stop: the session is a pod that is there, then is not', async ({
  verb,
  kubectl,
}) => {
  expect(await verb(['is-running', 'mayor'])).toEqual({ exitCode: 0, stdout: 'false\n', stderr: '' })
  expect(await verb(['start', 'mayor'], shell)).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  expect((await verb(['is-running', 'mayor'])).stdout).toBe('true\n')
  expect((await verb(['list-running', ''])).stdout).toBe('mayor\n')
  expect((await verb(['list-running', 'may'])).stdout).toBe('mayor\n')
  expect((await verb(['list-running', 'deacon'])).stdout).toBe('')
  expect(await kubectl('get', 'pods', '-l', 'app=gc-agent,gc-session=mayor,gc-agent=coder', '-o', 'name')).toBe(
    'pod/mayor\n',
  )

  const again = await verb(['start', 'mayor'], shell)
  expect(again.exitCode).toBe(1)
  expect(again.stderr).toContain('session "mayor" already exists')

  expect(await verb(['stop', 'mayor'])).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  expect(await kubectl('get', 'pods', '-o', 'name')).toBe('')
  expect((await verb(['is-running', 'mayor'])).stdout).toBe('false\n')
  expect((await verb(['stop', 'mayor'])).exitCode).toBe(0)
})

test('nudge: the text arrives in the terminal, once, and in /tmp/gc-nudge', async ({ verb, kubectl }) => {
  await verb(['start', 'nudged'], JSON.stringify({ command: 'cat' }))
  expect((await verb(['nudge', 'nudged'], 'Enter C-c -l "quoted" $HOME; 日本語')).exitCode).toBe(0)
  // cat on a terminal: the line as it was typed, and the line as cat gives it back
  await expect
    .poll(async () => (await verb(['peek', 'nudged', '10'])).stdout)
    .toBe('Enter C-c -l "quoted" $HOME; 日本語\n'.repeat(2))
  expect(await kubectl('exec', 'nudged', '--', 'cat', '/tmp/gc-nudge')).toBe('Enter C-c -l "quoted" $HOME; 日本語\n')
  await verb(['stop', 'nudged'])
})

test('peek shows the pane, and kubectl logs --tail the same lines', async ({ verb, kubectl }) => {
  await verb(['start', 'printer'], JSON.stringify({ command: 'seq 1 500; exec sleep 300' }))
  const expected = Array.from({ length: 20 }, (_, index) => `${481 + index}\n`).join('')
  await expect.poll(async () => (await verb(['peek', 'printer', '20'])).stdout).toBe(expected)
  await expect.poll(async () => (await kubectl('logs', 'printer', '--tail=20')).replaceAll('\r\n', '\n')).toBe(expected)
  expect((await verb(['peek', 'printer', '0'])).stdout.split('\n')).toHaveLength(501)
  await verb(['stop', 'printer'])
})

test('metadata lives in tmux in the pod, and is copied to an annotation', async ({ verb, kubectl }) => {
  await verb(['start', 'meta'], shell)
  expect((await verb(['set-meta', 'meta', 'GC_DRAIN'], 'a = "b"\nc')).exitCode).toBe(0)
  expect((await verb(['get-meta', 'meta', 'GC_DRAIN'])).stdout).toBe('a = "b"\nc')
  expect(await kubectl('exec', 'meta', '--', 'tmux', '-u', 'show-environment', '-t', 'main', 'GC_DRAIN')).toBe(
    'GC_DRAIN=a = "b"\nc\n',
  )
  const path = String.raw`jsonpath={.metadata.annotations.meta\.kubectl-gc\.dev/GC_DRAIN}`
  await expect.poll(() => kubectl('get', 'pod', 'meta', '-o', path)).toBe('a = "b"\nc')
  // the agent in the pod reads and writes the same store
  await kubectl('exec', 'meta', '--', 'tmux', 'set-environment', '-t', 'main', 'GC_DRAIN_ACK', '1')
  expect((await verb(['get-meta', 'meta', 'GC_DRAIN_ACK'])).stdout).toBe('1')

  await verb(['remove-meta', 'meta', 'GC_DRAIN'])
  expect(await verb(['get-meta', 'meta', 'GC_DRAIN'])).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  await expect.poll(() => kubectl('get', 'pod', 'meta', '-o', path)).toBe('')
  await verb(['stop', 'meta'])
})

test('what an open session sets is copied to the annotation too', async ({ provider, kubectl }) => {
  await using started = await provider.start('opened', { command: 'cat' })
  const copies = async () => JSON.parse(await kubectl('get', 'pod', 'opened', '-o', 'jsonpath={.metadata.annotations}'))
  await started.setMeta('KEY', 'first')
  expect(await copies()).toMatchObject({ 'meta.kubectl-gc.dev/KEY': 'first' })
  await started.close()
  await using opened = await provider.open('opened')
  await opened.setMeta('KEY', 'second')
  expect(await copies()).toMatchObject({ 'meta.kubectl-gc.dev/KEY': 'second' })
  await opened.removeMeta('KEY')
  expect(await copies()).not.toHaveProperty(['meta.kubectl-gc.dev/KEY'])
  await provider.stop('opened')
})

test('interrupt, and the raw kill -INT 1, do what C-c does', async ({ verb, kubectl }) => {
  const command = 'trap "echo interrupted" INT; echo ready; while :; do sleep 300; done'
  await verb(['start', 'busy'], JSON.stringify({ command }))
  const peek = async () => (await verb(['peek', 'busy', '10'])).stdout
  await expect.poll(peek).toContain('ready')
  await verb(['interrupt', 'busy'])
  await expect.poll(async () => (await peek()).match(/interrupted/g)?.length).toBe(1)
  await kubectl('exec', 'busy', '--', 'kill', '-INT', '1')
  await expect.poll(async () => (await peek()).match(/interrupted/g)?.length).toBe(2)
  await verb(['stop', 'busy'])
})

test('exec runs beside the agent with the exit code of the command', async ({ verb }) => {
  await verb(['start', 'host'], shell)
  expect(await verb(['exec', 'host'], 'echo out; echo err >&2; exit 7')).toEqual({
    exitCode: 7,
    stdout: 'out\nerr\n',
    stderr: '',
  })
  expect((await verb(['exec', 'host'], 'printf "%s" "$PRICE"')).stdout).toBe('5$ $(id) $$')
  expect((await verb(['exec', 'nobody'], 'true')).exitCode).toBe(1)
  await verb(['stop', 'host'])
})

test('an initial nudge is typed once the session takes input', async ({ verb }) => {
  await verb(['start', 'eager'], JSON.stringify({ command: 'cat', nudge: 'begin' }))
  await expect.poll(async () => (await verb(['peek', 'eager', '5'])).stdout).toBe('begin\nbegin\n')
  await verb(['stop', 'eager'])
})

test('an unknown operation is exit code 2 and nothing else; bad usage is 1', async ({ verb }) => {
  expect(await verb(['run-live', 'x'])).toEqual({ exitCode: 2, stdout: '', stderr: '' })
  expect((await verb([])).exitCode).toBe(1)
  expect((await verb(['start'])).exitCode).toBe(1)
  expect((await verb(['set-meta', 'x'])).exitCode).toBe(1)
  expect((await verb(['start', 'x'], 'not json')).exitCode).toBe(1)
})

test('names that are no DNS label, and names that are alike, are sessions of their own', async ({ verb, kubectl }) => {
  const names = ['rig/coder_1', 'rig-coder-1', 'RIG.coder-1']
  await Promise.all(names.map((name) => verb(['start', name], shell)))
  expect((await verb(['list-running', ''])).stdout.trim().split('\n')).toEqual([...names].sort())
  await verb(['set-meta', 'rig/coder_1', 'WHO'], 'first')
  expect((await verb(['get-meta', 'rig-coder-1', 'WHO'])).stdout).toBe('')
  await verb(['stop', 'rig/coder_1'])
  expect((await verb(['list-running', ''])).stdout.trim().split('\n')).toEqual(['RIG.coder-1', 'rig-coder-1'])
  expect((await kubectl('get', 'pods', '-o', 'name')).trim().split('\n')).toHaveLength(2)
  await Promise.all(names.map((name) => verb(['stop', name])))
})

test('of concurrent starts of one name one wins, and the others say that it exists', async ({ verb, kubectl }) => {
  const results = await Promise.all(Array.from({ length: 4 }, () => verb(['start', 'contested'], shell)))
  expect(results.map((result) => result.exitCode).sort()).toEqual([0, 1, 1, 1])
  for (const result of results.filter(({ exitCode }) => exitCode === 1))
    expect(result.stderr).toContain('already exists')
  expect((await verb(['is-running', 'contested'])).stdout).toBe('true\n')
  expect((await kubectl('get', 'pods', '-l', 'gc-session=contested', '-o', 'name')).trim()).toBe('pod/contested')
  await verb(['stop', 'contested'])
})
