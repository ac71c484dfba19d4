import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { User } from '../../src/identity/kubeconfig.ts'
import { type ClientOptions, describeIdentity } from '../../src/index.ts'
import { test } from '../support/fixtures.ts'
import { kubeconfigOf, writeKubeconfig } from '../support/kubeconfig.ts'

const cluster = { server: 'https://api:6443' }
const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'login' }

test('an identity is described without its secrets', async ({ directory }) => {
  const kubeconfig = await writeKubeconfig(directory, cluster, { token: 'secret' }, { namespace: 'team' })
  const { key, ...rest } = await describeIdentity({ kubeconfig })
  const server = 'https://api:6443'
  const files = { files: [kubeconfig], searched: [kubeconfig], secretFiles: [] }
  const plugin = { plugin: undefined, interactive: false }
  expect(rest).toEqual({ server, context: 'dev', namespace: 'team', ...files, ...plugin })
  expect(key).toMatch(/^[0-9a-f]{64}$/)
})

test("its key does not depend on a context's name, its namespace or the file", async ({ directory }) => {
  const one = join(directory, 'one')
  const two = join(directory, 'two')
  await writeFile(one, kubeconfigOf(cluster, { token: 't' }))
  await writeFile(two, kubeconfigOf(cluster, { token: 't' }, { namespace: 'x' }).replaceAll('"dev"', '"other"'))
  const [first, second] = await Promise.all([one, two].map((kubeconfig) => describeIdentity({ kubeconfig })))
  expect(first?.key).toBe(second?.key)
})

test.for<[string, ClientOptions]>([
  ['the server', { server: 'https://other' }],
  ['the token', { token: 'other' }],
  ['whom it impersonates', { as: 'other' }],
  ['whether it verifies', { insecureSkipTlsVerify: true }],
  ['the authority', { certificateAuthority: '/other.pem' }],
  ['the name that the server must have', { tlsServerName: 'other' }],
  ['the client certificate', { clientCertificate: '/other.pem' }],
  ['the key', { clientKey: '/other.pem' }],
  ['the UID that it impersonates', { as: 'other', asUid: '7' }],
  ['the proxy', { env: { HTTPS_PROXY: 'http://proxy' } }],
])('its key depends on %s', async ([, options], { directory }) => {
  const kubeconfig = await writeKubeconfig(directory, cluster, { token: 't' })
  const plain = await describeIdentity({ kubeconfig, env: {} })
  expect((await describeIdentity({ kubeconfig, env: {}, ...options })).key).not.toBe(plain.key)
})

test.for<[string, User, boolean]>([
  ['depends on the environment that a plugin sees', { exec }, false],
  ['does not depend on the environment without a plugin', { token: 't' }, true],
])('its key %s', async ([, user, same], { directory }) => {
  const kubeconfig = await writeKubeconfig(directory, cluster, user)
  const [dev, prod] = await Promise.all(
    ['dev', 'prod'].map((AWS_PROFILE) => describeIdentity({ kubeconfig, env: { AWS_PROFILE } })),
  )
  expect(dev?.key === prod?.key).toBe(same)
})

test('a plugin that may ask is interactive, one that never does is not', async ({ directory }) => {
  const asking = await describeIdentity({ kubeconfig: await writeKubeconfig(directory, cluster, { exec }) })
  expect(asking).toMatchObject({ interactive: true, plugin: 'IfAvailable' })
  const quiet = { exec: { ...exec, interactiveMode: 'Never' as const } }
  const silent = await describeIdentity({ kubeconfig: await writeKubeconfig(directory, cluster, quiet) })
  expect(silent).toMatchObject({ interactive: false, plugin: 'Never' })
})

test('it tells the files that it depends on: those looked for in vain, and those that the stanzas name', async ({
  directory,
}) => {
  const [there, missing] = [join(directory, 'there'), join(directory, 'missing')]
  const named = { ...cluster, 'certificate-authority': 'ca.pem' }
  await writeFile(there, kubeconfigOf(named, { tokenFile: '/run/token', 'client-key': 'key.pem' }))
  const described = await describeIdentity({ env: { KUBECONFIG: `${missing}:${there}` } })
  expect(described.searched).toEqual([missing, there])
  expect(described.files).toEqual([there])
  expect(described.secretFiles).toEqual([join(directory, 'ca.pem'), join(directory, 'key.pem'), '/run/token'])
})
