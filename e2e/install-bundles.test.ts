import { randomBytes } from 'node:crypto'
import { bundles } from '@kubectl-gc/manifests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNamespace } from './support/namespace.ts'
import { createQuota } from './support/quota.ts'
import { run, succeed } from './support/run.ts'

const suffix = randomBytes(4).toString('hex')
const [here, there] = [`e2e-a-${suffix}`, `e2e-b-${suffix}`]

/** No pod can be made here, so that nothing has to be pulled or started. */
beforeAll(async () => {
  for (const namespace of [here, there]) {
    await createNamespace(namespace)
    await createQuota(namespace)
  }
})

/** What belongs to the whole cluster does not go with a namespace. */
afterAll(async () => {
  for (const namespace of [here, there]) await gc(namespace, 'operator', 'uninstall')
  await succeed('kubectl', ['delete', 'namespace', here, there, '--wait=false'])
})

const gc = (namespace: string, bundle: string, verb: string, ...args: string[]) =>
  run('kubectl', ['gc', verb, bundle, '--namespace', namespace, ...args])

/** With the values that the bundle cannot do without. */
const install = (namespace: string, bundle: string) => {
  const stdin = JSON.stringify(bundles[bundle]?.example ?? {})
  return run('kubectl', ['gc', 'install', bundle, '--namespace', namespace, '--wait=false', '--values', '-'], { stdin })
}

const nothing = { exitCode: 0, stdout: '', stderr: '' }

test.concurrent.for(Object.keys(bundles))('%s is installed, again without a change, and removed', async (bundle) => {
  expect(await install(here, bundle)).toMatchObject({ exitCode: 0, stderr: '' })
  const lines = (await install(here, bundle)).stdout.trimEnd().split('\n')
  expect(lines.filter((line) => !line.endsWith(' unchanged'))).toEqual([])
  expect(await gc(here, bundle, 'diff')).toEqual(nothing)
  const removed = await gc(here, bundle, 'uninstall', '--delete-data')
  expect(removed).toMatchObject({ exitCode: 0 })
  const made = lines.map((line) => line.split(' ')[0] ?? '').filter((object) => !object.startsWith('namespace/'))
  expect(removed.stdout.split('\n')).toEqual(expect.arrayContaining(made.map((object) => `${object} deleted`)))
})

test('two of a bundle with objects of the whole cluster do not meet', async () => {
  for (const namespace of [here, there]) expect(await install(namespace, 'operator')).toMatchObject({ exitCode: 0 })
  await gc(here, 'operator', 'uninstall')
  expect(await gc(there, 'operator', 'diff')).toEqual(nothing)
  expect(await gc(there, 'operator', 'uninstall')).toMatchObject({ exitCode: 0 })
})
