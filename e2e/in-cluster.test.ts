import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kubernetesSessionProvider } from '@kubectl-gc/session-provider'
import { expect, onTestFinished } from 'vitest'
import { identities, renderedRules } from './support/identity.ts'
import { environment, succeed } from './support/run.ts'
import { test } from './support/test.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

test('in a pod, without a kubeconfig, the executable is the pod’s service account and drives sessions', {
  timeout: 300_000,
}, async ({ namespace }) => {
  const folder = await mkdtemp(join(tmpdir(), 'gc-in-cluster-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const installed = join(folder, 'installed')
  await succeed('pnpm', ['--dir', root, '--filter', '@kubectl-gc/session-provider', 'deploy', '--prod', installed], {
    env: { npm_config_force_legacy_deploy: 'true' },
  })
  await identities(namespace, folder, { 'gc-controller': await renderedRules('gc-controller') })
  const env = { ...process.env, ...environment }
  await using provider = await kubernetesSessionProvider({ namespace, env, serviceAccount: 'gc-controller' })
  await provider.start('controller', { command: 'sh' })
  await provider.copyTo('controller', process.execPath, 'program/node')
  await provider.copyTo('controller', installed, 'program/installed')

  const verb = async (args: string[], stdin = '') => {
    const variables = Object.entries({ ...environment, GC_K8S_NAMESPACE: namespace }).map((pair) => pair.join('='))
    const program = ['program/node', 'program/installed/bin/gc-session-k8s']
    const { exitCode, stdout, stderr } = await provider.exec(
      'controller',
      ['env', '-u', 'KUBECONFIG', ...variables, ...program, ...args],
      { stdin },
    )
    return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() }
  }
  expect(await verb(['list-running', ''])).toEqual({ exitCode: 0, stdout: 'controller\n', stderr: '' })
  expect(await verb(['start', 'worker'], JSON.stringify({ command: 'cat' }))).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  })
  expect(await verb(['nudge', 'worker'], 'hello from the pod')).toMatchObject({ exitCode: 0 })
  await expect.poll(async () => (await verb(['peek', 'worker', '5'])).stdout).toContain('hello from the pod')
  expect((await verb(['list-running', ''])).stdout).toBe('controller\nworker\n')
  expect(await verb(['stop', 'worker'])).toMatchObject({ exitCode: 0, stderr: '' })
  expect(await provider.listRunning()).toEqual(['controller'])

  // the account may do nothing in another namespace, and says who it is
  const refused = await provider.exec('controller', [
    ...['env', 'GC_K8S_NAMESPACE=default', 'program/node'],
    ...['program/installed/bin/gc-session-k8s', 'list-running', ''],
  ])
  expect(refused.exitCode).toBe(1)
  expect(refused.stderr.toString()).toContain(`system:serviceaccount:${namespace}:gc-controller`)
  await provider.stop('controller', { gracePeriodSeconds: 1 })
})
