import { chartOf, operatorBundle } from '@kubectl-gc/manifests'
import { expect } from 'vitest'
import { asked } from './support/port-forward.ts'
import { program, written } from './support/rendering.ts'
import { run, succeed } from './support/run.ts'
import { STAND_IN, standInPatch } from './support/stand-in.ts'
import { test } from './support/test.ts'

test('the operator is restricted, and may do what its mode needs', { timeout: 300_000 }, async ({
  namespace,
  kubectl,
}) => {
  await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted')
  await using chart = await written(chartOf(operatorBundle))
  const image = `image.repository=${STAND_IN.repository},image.tag=${STAND_IN.tag}`
  const helm = async (...args: string[]) => succeed(await program('helm'), [...args, '--namespace', namespace])
  const upgrade = (values: string) =>
    helm('upgrade', '--install', 'operator', chart.path, '--set', `${image},${values}`)
  const pod = async () =>
    JSON.parse(await kubectl('get', 'pods', '-l', 'app.kubernetes.io/instance=operator', '-o', 'json')).items[0]

  await upgrade('replicaCount=0')
  await kubectl('patch', 'deployment', 'operator', '--type=json', '-p', standInPatch(8081))
  await upgrade('replicaCount=1')
  await kubectl('rollout', 'status', 'deployment/operator', '--timeout=60s')
  expect((await pod()).spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
  const health = await asked(['--namespace', namespace, 'deployment/operator', ':8081'], '/healthz')
  expect(health.status).toBe(200)

  const questions = [
    { verb: 'update', group: 'gastown.gastown.io', resource: 'polecats' },
    { verb: 'create', group: 'events.k8s.io', resource: 'events' },
    { verb: 'update', group: 'coordination.k8s.io', resource: 'leases' },
    { verb: 'create', resource: 'pods' },
    { verb: 'list', resource: 'secrets' },
    { verb: 'get', resource: 'configmaps' },
    { verb: 'get', resource: 'secrets', name: 'git-creds' },
  ]
  const user = `system:serviceaccount:${namespace}:operator`
  const answers = () => Promise.all(questions.map((question) => allowed(user, { namespace, ...question })))
  await expect.poll(answers).toEqual([true, true, true, false, false, false, false])
  await upgrade('executionMode=kubernetes,gitSecrets={git-creds}')
  await expect.poll(answers).toEqual([true, true, true, true, false, false, true])

  // The town of a node: only where the namespace is open for it.
  await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=privileged', '--overwrite')
  await upgrade('volumes.enabled=true,volumes.hostPath=/tmp,gtConfig.townRoot=/town')
  await kubectl('rollout', 'status', 'deployment/operator', '--timeout=60s')
  const town = () => kubectl('exec', 'deployment/operator', '--', 'sh', '-c', 'cd $GT_TOWN_ROOT && pwd')
  await expect.poll(town).toBe('/town\n') // the pod of before may still be ending

  await helm('uninstall', 'operator')
  const left = await run('kubectl', ['get', 'clusterrole,clusterrolebinding', '-o', 'name'])
  expect(left.stdout).not.toContain(namespace)
})

/** What the API server says of a user, also of resources that it does not serve yet. */
async function allowed(user: string, resourceAttributes: object): Promise<boolean> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { user, resourceAttributes },
  }
  const answer = await succeed('kubectl', ['create', '-f', '-', '-o', 'json'], { stdin: JSON.stringify(review) })
  return JSON.parse(answer).status.allowed
}
