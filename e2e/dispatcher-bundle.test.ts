import { chartOf, dispatcherBundle } from '@kubectl-gc/manifests'
import { expect } from 'vitest'
import { program, written } from './support/rendering.ts'
import { run, succeed } from './support/run.ts'
import { STAND_IN, standInPatch } from './support/stand-in.ts'
import { test } from './support/test.ts'

test('two replicas over a Redis that asks for its password, which an upgrade keeps', { timeout: 300_000 }, async ({
  namespace,
  kubectl,
}) => {
  await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted')
  await using chart = await written(chartOf(dispatcherBundle))
  const image = `image.repository=${STAND_IN.repository},image.tag=${STAND_IN.tag},autoscaling.enabled=false`
  const given = ['--namespace', namespace, '--set', image]
  const helm = async (...args: string[]) => succeed(await program('helm'), args)

  const bare = await run(await program('helm'), ['install', 'dispatcher', chart.path, ...given])
  expect(bare.stderr).toContain('redis.password is required')
  await helm('install', 'dispatcher', chart.path, ...given, '--set', 'redis.password=pass-1,replicaCount=0')
  await kubectl('patch', 'deployment', 'dispatcher', '--type=json', '-p', standInPatch(8080))
  await helm('upgrade', 'dispatcher', chart.path, ...given)
  await kubectl('rollout', 'status', 'deployment/dispatcher', '--timeout=90s')
  await kubectl('rollout', 'status', 'statefulset/dispatcher-redis', '--timeout=90s')

  const [pod] = (await kubectl('get', 'pods', '-l', 'app.kubernetes.io/component=dispatcher', '-o', 'name')).split('\n')
  const inside = (program: string) => kubectl('exec', `${pod}`, '--', 'perl', '-MIO::Socket::INET', '-e', program)
  expect(await inside('print $ENV{REDIS_URL}')).toBe('redis://:pass-1@dispatcher-redis:6379')
  const talk = (line: string) =>
    `$r = IO::Socket::INET->new("dispatcher-redis:6379") or die $!; print {$r} "${line}"; print scalar <$r>`
  await expect.poll(() => inside(talk('PING\\r\\n'))).toMatch(/^-NOAUTH/)
  expect(await inside(talk('AUTH $ENV{REDIS_PASSWORD}\\r\\n'))).toBe('+OK\r\n')

  await helm('uninstall', 'dispatcher', '--namespace', namespace)
  await kubectl('wait', '--for=delete', 'pods', '-l', 'app.kubernetes.io/instance=dispatcher', '--timeout=120s')
  const kinds = 'all,secret,ingress,networkpolicy,resourcequota,role,rolebinding,persistentvolumeclaim'
  expect(await kubectl('get', kinds, '-o', 'name')).toBe('persistentvolumeclaim/data-dispatcher-redis-0\n')
})
