import { agentsmithBundle as bundle, kustomizeOf } from '@kubectl-gc/manifests'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { expect } from 'vitest'
import { asked } from './support/port-forward.ts'
import { written } from './support/rendering.ts'
import { run } from './support/run.ts'
import { STAND_IN, standInPatch } from './support/stand-in.ts'
import { test } from './support/test.ts'

/** Item by item, with an HTTP server in place of the image. */
test('the definition of done of seed 4', async ({ namespace, kubectl }) => {
  const restricted = ['enforce', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}=restricted`)
  await kubectl('label', 'namespace', namespace, ...restricted)
  await kubectl('create', 'secret', 'generic', 'agentsmith-secrets', ...secrets())
  const consumer = {
    resources: ['../base'],
    namespace,
    images: [{ name: 'agentsmith-dispatcher', newName: STAND_IN.repository, newTag: STAND_IN.tag }],
    patches: [
      { target: { kind: 'Deployment', name: 'agentsmith-dispatcher' }, patch: standInPatch(8080) },
      {
        patch: JSON.stringify({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'agentsmith' },
          $patch: 'delete',
        }),
      },
    ],
  }
  await using files = await written({
    ...kustomizeOf(bundle),
    'consumer/kustomization.yaml': JSON.stringify(consumer),
  })

  // deployment.yaml applies cleanly to the cluster
  const applied = await run('kubectl', ['apply', '-k', `${files.path}/consumer`])
  expect(applied).toMatchObject({ exitCode: 0, stderr: '' })
  expect(applied.stdout).toContain('deployment.apps/agentsmith-dispatcher created')

  // service.yaml creates a ClusterIP service on port 80 -> 8080
  const service = JSON.parse(await kubectl('get', 'service', 'agentsmith-dispatcher', '-o', 'json'))
  expect(service.spec).toMatchObject({ type: 'ClusterIP', ports: [{ port: 80, targetPort: 8080 }] })

  // Liveness and readiness probes pass within 30s of the start of what they ask
  await kubectl('rollout', 'status', 'deployment/agentsmith-dispatcher', '--timeout=60s')
  const list = JSON.parse(await kubectl('get', 'pods', '-l', 'app=agentsmith-dispatcher', '-o', 'json'))
  const [pod] = list.items as Pod[]
  expect(secondsUntilReady(pod)).toBeLessThanOrEqual(30)
  expect(pod?.status?.containerStatuses?.[0]?.restartCount).toBe(0)

  // Pod starts with non-root UID 1000
  const inside = (...command: string[]) => kubectl('exec', pod?.metadata?.name ?? '', '--', ...command)
  expect(await inside('id', '-u')).toBe('1000\n')

  // Config volume is mounted at /app/config
  expect(await inside('cat', '/app/config/agentsmith.yml')).toContain('pipelines:')

  // port-forward, then /health returns {"status":"ok",...}
  const health = await asked(['--namespace', namespace, 'svc/agentsmith-dispatcher', ':80'], '/health')
  expect(await health.json()).toMatchObject({ status: 'ok' })

  // and its Redis answers under the name that the Secret has, once DNS knows it
  await kubectl('rollout', 'status', 'deployment/redis', '--timeout=60s')
  const ping = 'print {$r = IO::Socket::INET->new("redis:6379") or die} "PING\\r\\n"; print scalar <$r>'
  await expect.poll(() => inside('perl', '-MIO::Socket::INET', '-e', ping)).toBe('+PONG\r\n')

  // its account may create Jobs, and not read Secrets
  const account = `--as=system:serviceaccount:${namespace}:agentsmith`
  expect(await kubectl('auth', 'can-i', 'create', 'jobs', account)).toBe('yes\n')
  const denied = await run('kubectl', ['--namespace', namespace, 'auth', 'can-i', 'get', 'secrets', account])
  expect(denied.stdout).toBe('no\n')
})

function secrets(): string[] {
  const values = { 'redis-url': 'redis://redis:6379', 'slack-bot-token': 'token', 'slack-signing-secret': 'secret' }
  return Object.entries(values).map(([key, value]) => `--from-literal=${key}=${value}`)
}

function secondsUntilReady(pod: Pod | undefined): number {
  const ready = pod?.status?.conditions?.find(({ type }) => type === 'Ready')
  const started = pod?.status?.containerStatuses?.[0]?.state?.running?.startedAt
  return (Date.parse(ready?.lastTransitionTime ?? '') - Date.parse(started ?? '')) / 1000
}
