import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { withNoPods } from './support/quota.ts'
import { type Result, succeed } from './support/run.ts'
import { test } from './support/test.ts'

/** One line that names the object, one that says what to do next, exit code 1, nothing on stdout. */
function expectClearError(result: Result, ...names: (string | RegExp)[]): void {
  expect(result).toMatchObject({ exitCode: 1, stdout: '' })
  const lines = result.stderr.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^error: /)
  for (const name of names) expect(lines[0]).toMatch(name)
  expect(lines[1]).toMatch(/^Try: /)
  expect(lines).toHaveLength(2)
}

test('a context that is not there', async ({ gc, kubectl }) => {
  expectClearError(await gc(['start', 'mayor', '--context', 'nowhere']), '"nowhere"')
  expect(await kubectl('get', 'pods', '-o', 'name')).toBe('')
})

test('a server that cannot be reached', async ({ gc }) => {
  const folder = await mkdtemp(join(tmpdir(), 'gc-e2e-'))
  const kubeconfig = join(folder, 'kubeconfig')
  const config = await succeed('kubectl', ['config', 'view', '--raw', '--minify'])
  await writeFile(kubeconfig, config.replace(/server: .*/, 'server: https://127.0.0.1:1'))
  const env = { KUBECONFIG: kubeconfig }
  for (const verb of [
    ['start', 'mayor'],
    ['stop', 'mayor'],
    ['list'],
    ['peek', 'mayor'],
    ['nudge', 'mayor', 'hello'],
  ]) {
    expectClearError(await gc(verb, { env }), 'https://127.0.0.1:1', /refused/)
  }
  await rm(folder, { recursive: true })
})

test('a namespace that is not there', async ({ gc }) => {
  expectClearError(await gc(['start', 'mayor', '--namespace', 'not-there']), '"not-there"')
})

test('an image that cannot be pulled', async ({ gc, kubectl }) => {
  const result = await gc(['start', 'mayor', '--image', 'registry.invalid/no/such:image'])
  expectClearError(result, '"mayor"', 'registry.invalid/no/such:image')
  expect(await kubectl('get', 'pods', '-o', 'name')).toBe('')
})

test('too little CPU', async ({ gc, kubectl }) => {
  expectClearError(await gc(['start', 'mayor', '--cpu-request', '1k', '--cpu-limit', '1k']), '"mayor"', /cpu/i)
  expect(await kubectl('get', 'pods', '-o', 'name')).toBe('')
})

test('a quantity that is none', async ({ gc }) => {
  expectClearError(await gc(['start', 'mayor', '--cpu-request', 'lots']), '"lots"')
})

test('a request above its limit: the API server refuses the pod', async ({ gc, kubectl }) => {
  expectClearError(await gc(['start', 'mayor', '--cpu-request', '3', '--cpu-limit', '1']), '"mayor"', /limit/)
  expect(await kubectl('get', 'pods', '-o', 'name')).toBe('')
})

test('a quota that is used up', async ({ gc, namespace }) => {
  await withNoPods(namespace, async () => expectClearError(await gc(['start', 'mayor']), '"mayor"', 'quota'))
})

test('a name that is taken, by a session and by another pod', async ({ gc, kubectl }) => {
  expect((await gc(['start', 'taken', '--command', 'sh'])).exitCode).toBe(0)
  const [before, again] = [
    await kubectl('get', 'pod', 'taken', '-o', 'jsonpath={.metadata.uid}'),
    await gc(['start', 'taken']),
  ]
  expectClearError(again, '"taken"', 'already exists')
  expect(await kubectl('get', 'pod', 'taken', '-o', 'jsonpath={.metadata.uid}')).toBe(before)
  await gc(['stop', 'taken'])
})

test.for([
  ['an empty name', ''],
  ['a name of 300 characters', 'x'.repeat(300)],
  ['a name that is not ASCII', 'bürgermeister'],
] as const)('%s', async ([, name], { gc, kubectl }) => {
  for (const verb of ['start', 'stop', 'peek', 'status', 'interrupt']) expectClearError(await gc([verb, name]), /name/)
  expectClearError(await gc(['nudge', name, 'hello']), /name/)
  expect(await kubectl('get', 'pods', '-o', 'name')).toBe('')
})

test('a command that ends at once: its exit code and its last output', async ({ gc, kubectl }) => {
  const result = await gc(['start', 'brief', '--command', 'echo "cannot log in"; exit 3'])
  expect(result).toMatchObject({ exitCode: 1, stdout: '' })
  expect(result.stderr).toContain('exit code 3')
  expect(result.stderr).toContain('cannot log in')
  expect(await kubectl('get', 'pods', '-o', 'name')).toBe('')
})

test('a session that is not there', async ({ gc }) => {
  for (const verb of [
    ['peek', 'nobody'],
    ['nudge', 'nobody', 'hello'],
    ['interrupt', 'nobody'],
    ['status', 'nobody'],
    ['meta', 'get', 'nobody', 'KEY'],
  ]) {
    expectClearError(await gc(verb), '"nobody"')
  }
  expect(await gc(['stop', 'nobody'])).toMatchObject({ exitCode: 0 })
})
