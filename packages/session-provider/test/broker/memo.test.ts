import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { identityVariables, isSettled, pluginVariables, signatures } from '../../src/broker/inputs.ts'
import { recall, remember } from '../../src/broker/memo.ts'
import { test } from './support.ts'

const never = () => Promise.reject(new Error('not needed'))

test('what is remembered for an environment is recalled for it, and for no other', async ({ folder }) => {
  const memo = { broker: 'key', mayAsk: false, files: {} }
  remember(folder, 'one', memo)
  expect(await recall(folder, 'one', never)).toEqual(memo)
  expect(await recall(folder, 'two', never)).toBeUndefined()
})

test('a memo holds until a file changes, comes or goes', async ({ folder }) => {
  const [file, missing] = [join(folder, 'config'), join(folder, 'missing')]
  const changes = {
    'its content': () => writeFileSync(file, 'twelve bytes'),
    'another file in its place': () => {
      rmSync(file)
      writeFileSync(file, 'twelve bytes')
    },
    'it goes': () => rmSync(file),
    'one comes': () => mkdirSync(missing),
  }
  for (const [what, change] of Object.entries(changes)) {
    writeFileSync(file, 'twelve bytes')
    rmSync(missing, { recursive: true, force: true })
    remember(folder, 'inputs', { broker: 'key', mayAsk: false, files: signatures([file, missing]) })
    expect(await recall(folder, 'inputs', never), what).toBeDefined()
    const before = statSync(file)
    change()
    if (statSync(file, { throwIfNoEntry: false })) utimesSync(file, before.atime, before.mtime)
    expect(await recall(folder, 'inputs', never), what).toBeUndefined()
  }
})

test('a file that has just been changed could change again unseen', ({ folder }) => {
  const file = join(folder, 'config')
  writeFileSync(file, '')
  const files = signatures([file, join(folder, 'missing')])
  expect(isSettled(files)).toBe(false)
  expect(isSettled(files, Date.now() + 5000)).toBe(true)
})

test('where a plugin sees the environment, each environment has a memo of its own', async ({ folder }) => {
  remember(folder, 'inputs', { deeper: true, files: {} })
  remember(folder, 'inputsdev', { broker: 'dev', mayAsk: true, files: {} })
  expect(await recall(folder, 'inputs', async () => 'dev')).toMatchObject({ broker: 'dev', mayAsk: true })
  expect(await recall(folder, 'inputs', async () => 'prod')).toBeUndefined()
})

test('a damaged memo is none', async ({ folder }) => {
  remember(folder, 'inputs', { broker: 'key', mayAsk: false, files: {} })
  const [memo = ''] = (await import('node:fs')).readdirSync(folder)
  writeFileSync(join(folder, memo), '{"broker"')
  expect(await recall(folder, 'inputs', never)).toBeUndefined()
})

test('every variable that leads elsewhere counts, and so does the folder of a relative path', () => {
  const plain = identityVariables({ KUBECONFIG: '/config', HOME: '/root' })
  for (const name of ['KUBECONFIG', 'HOME', 'GC_K8S_CONTEXT', 'KUBERNETES_SERVICE_HOST', 'https_proxy', 'NO_PROXY']) {
    expect(identityVariables({ KUBECONFIG: '/config', HOME: '/root', [name]: '/other' }), name).not.toBe(plain)
  }
  expect(identityVariables({ KUBECONFIG: '/config', HOME: '/root', TERM: 'dumb' })).toBe(plain)
  const here = identityVariables({ KUBECONFIG: '/a:b' }, () => '/here')
  expect(identityVariables({ KUBECONFIG: '/a:b' }, () => '/there')).not.toBe(here)
})

test('a plugin is taken to depend on all but what differs from call to call', () => {
  const env = { AWS_PROFILE: 'dev', PATH: '/bin', GC_SESSION_ID: '7', GC_K8S_IMAGE: 'x', SHLVL: '2', TERM: 'dumb' }
  expect(pluginVariables(env)).toEqual({ AWS_PROFILE: 'dev', PATH: '/bin' })
})
