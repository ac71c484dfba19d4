import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { describe, expect } from 'vitest'
import { type ClientOptions, createClient } from '../../src/index.ts'
import { test } from '../support/fixtures.ts'
import { json } from '../support/replies.ts'

const two = `
apiVersion: v1
kind: Config
current-context: dev
clusters:
- name: one
  cluster: {server: 'http://one:1'}
- name: two
  cluster: {server: 'http://two:2/base'}
users:
- name: alice
  user: {token: a}
- name: bob
  user: {token: b}
contexts:
- name: dev
  context: {cluster: one, user: alice, namespace: team}
- name: prod
  context: {cluster: two, user: bob}
`

async function chosen(options: ClientOptions) {
  const { server, context, namespace } = await createClient(options)
  return { server, context, namespace }
}

const failure = (options: ClientOptions) =>
  createClient(options).then(
    () => undefined,
    (error) => error,
  )

describe('the kubeconfig', () => {
  test('is ~/.kube/config unless said otherwise', async ({ directory }) => {
    await mkdir(join(directory, '.kube'))
    await writeFile(join(directory, '.kube', 'config'), two)
    const dev = { server: 'http://one:1', context: 'dev', namespace: 'team' }
    expect(await chosen({ env: { HOME: directory } })).toEqual(dev)
    expect(await chosen({ env: { HOME: directory, KUBECONFIG: '' } })).toEqual(dev)
  })

  test('has a context that options can change in each part', async ({ directory }) => {
    const kubeconfig = join(directory, 'config')
    await writeFile(kubeconfig, two)
    const prod = { server: 'http://two:2/base', context: 'prod', namespace: undefined }
    expect(await chosen({ kubeconfig, context: 'prod' })).toEqual(prod)
    expect(await chosen({ kubeconfig, context: 'prod', namespace: 'x' })).toEqual({ ...prod, namespace: 'x' })
    expect(await chosen({ kubeconfig, cluster: 'two' })).toEqual({ ...prod, context: 'dev', namespace: 'team' })
    expect(await chosen({ kubeconfig, server: 'https://other' })).toMatchObject({
      server: 'https://other',
      context: 'dev',
    })
  })

  test('may be several files, of which the first wins for each name', async ({ directory, server }) => {
    const first = join(directory, 'first')
    const second = join(directory, 'second')
    await writeFile(first, JSON.stringify({ users: [{ name: 'alice', user: { token: 'first' } }], clusters: null }))
    await writeFile(second, two.replace('http://one:1', server.url))
    const KUBECONFIG = [join(directory, 'missing'), first, second].join(delimiter)
    const client = await createClient({ env: { KUBECONFIG } })
    expect(client.context).toBe('dev')
    server.on('GET /version', json({}))
    await client.raw('GET', '/version')
    expect(server.requests[0]?.headers.authorization).toBe('Bearer first')
    await client.close()
  })

  test('finds what its paths name beside itself', async ({ directory, server }) => {
    await mkdir(join(directory, 'sub'))
    await writeFile(join(directory, 'sub', 'token'), 'from-file\n')
    const kubeconfig = join(directory, 'sub', 'config')
    await writeFile(kubeconfig, two.replace('token: a', 'tokenFile: ./token').replace('http://one:1', server.url))
    const client = await createClient({ kubeconfig })
    server.on('GET /version', json({}))
    await client.raw('GET', '/version')
    expect(server.requests[0]?.headers.authorization).toBe('Bearer from-file')
    await client.close()
  })

  test('names a server that may have a path', async ({ directory, server }) => {
    const kubeconfig = join(directory, 'config')
    await writeFile(kubeconfig, two.replace('http://one:1', `${server.url}/k8s/clusters/c-1/`))
    const client = await createClient({ kubeconfig })
    server.on('GET /k8s/clusters/c-1/version', json({ minor: '34' }))
    expect(await client.raw('GET', '/version')).toEqual({ minor: '34' })
    await client.close()
  })
})

describe('an error', () => {
  test('about a wrong context names it and those that exist', async ({ directory }) => {
    const kubeconfig = join(directory, 'config')
    await writeFile(kubeconfig, two)
    const error = await failure({ kubeconfig, context: 'staging' })
    expect(error).toMatchObject({ name: 'ConfigError' })
    expect(error.message).toBe(`no context "staging" in ${kubeconfig}; there are: dev, prod`)
    expect(error.suggestion).toContain('kubectl config get-contexts')
  })

  test.for([
    ['a cluster that is not there', { cluster: 'three' }, /no cluster "three" .*one, two/],
    ['a user who is not there', { user: 'carol' }, /no user "carol" .*alice, bob/],
    ['a server that is no URL', { server: 'ftp://x' }, /unusable server URL: ftp:\/\/x/],
    ['groups without a user', { asGroup: ['g'] }, /groups without a user/],
  ] as const)('tells of %s', async ([, options, pattern], { directory }) => {
    const kubeconfig = join(directory, 'config')
    await writeFile(kubeconfig, two)
    const error = await failure({ kubeconfig, ...options } as ClientOptions)
    expect(error).toMatchObject({ name: 'ConfigError', message: expect.stringMatching(pattern) })
  })

  test.for([
    ['no current context', two.replace('current-context: dev', ''), /no current context .*dev, prod/],
    [
      'a current context of elsewhere',
      two.replace('current-context: dev', 'current-context: gone'),
      /no context "gone"/,
    ],
    ['a file that is not YAML', 'a: [', /cannot parse the kubeconfig .*config/],
    ['a file that is a list', '- a', /is not a mapping/],
    [
      'a certificate that is not there',
      two.replace("'http://one:1'", "'https://one', certificate-authority: no.crt"),
      /cannot read the certificate authority .*no\.crt/,
    ],
    ['an auth-provider', two.replace('token: a', 'auth-provider: {name: gcp}'), /auth-provider "gcp"/],
  ] as const)('tells of %s', async ([, text, pattern], { directory }) => {
    const kubeconfig = join(directory, 'config')
    await writeFile(kubeconfig, text)
    expect(await failure({ kubeconfig })).toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(pattern),
    })
  })

  test('says what to do when there is no configuration at all', async ({ directory }) => {
    const error = await failure({ env: { HOME: directory } })
    expect(error).toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining(join(directory, '.kube', 'config')),
    })
    expect(error.suggestion).toContain('KUBECONFIG')
  })

  test('names an explicit file that is missing', async ({ directory }) => {
    const kubeconfig = join(directory, 'missing')
    expect(await failure({ kubeconfig })).toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining(kubeconfig),
    })
  })
})
