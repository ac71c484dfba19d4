import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { inCluster } from '../../src/identity/in-cluster.ts'
import { test } from '../support/fixtures.ts'

const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }

test('a pod finds its API server, namespace and files', async ({ directory }) => {
  await writeFile(join(directory, 'namespace'), 'team\n')
  expect(await inCluster(env, directory)).toEqual({
    name: undefined,
    context: { namespace: 'team' },
    cluster: { server: 'https://10.0.0.1:443', 'certificate-authority': join(directory, 'ca.crt') },
    user: { tokenFile: join(directory, 'token') },
  })
})

test('an IPv6 address gets its brackets', async ({ directory }) => {
  await writeFile(join(directory, 'namespace'), 'team')
  const found = await inCluster({ ...env, KUBERNETES_SERVICE_HOST: 'fd00::1' }, directory)
  expect(found?.cluster.server).toBe('https://[fd00::1]:443')
})

test('outside a cluster there is nothing', async ({ directory }) => {
  expect(await inCluster({}, directory)).toBeUndefined()
})

test('a pod without a token says what it lacks', async ({ directory }) => {
  await expect(inCluster(env, join(directory, 'missing'))).rejects.toMatchObject({
    name: 'ConfigError',
    suggestion: expect.stringContaining('automountServiceAccountToken'),
  })
})
