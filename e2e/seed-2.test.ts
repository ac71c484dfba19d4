import { expect } from 'vitest'
import { documentedShell, line } from './support/documented-chart.ts'
import { asked } from './support/port-forward.ts'
import { STAND_IN, standInPatch } from './support/stand-in.ts'
import { test } from './support/test.ts'

/** Everything that a release might leave. */
const KINDS = [
  'all,configmap,secret,serviceaccount,role,rolebinding,persistentvolumeclaim',
  'networkpolicy,poddisruptionbudget,horizontalpodautoscaler,ingress',
].join(',')

test('the lines of the document, as they are printed', { timeout: 300_000 }, async ({ namespace, kubectl }) => {
  await using documented = await documentedShell()
  const get = async (what: string) => JSON.parse(await kubectl('get', ...what.split(' '), '-o', 'json'))
  const helm = (rest: string) => documented.run(`helm ${rest} -n ${namespace}`)
  const secret = async () => {
    const { data } = await get('secret gitlab-copilot-agent-secret')
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(`${value}`, 'base64').toString()]),
    )
  }
  const given = { GITLAB_TOKEN: 'glpat-xxxxx', GITLAB_WEBHOOK_SECRET: 'my-secret', GITHUB_TOKEN: 'ghp_xxxxx' }
  const deployment = () => get('deployment gitlab-copilot-agent')
  const before = await kubectl('get', KINDS, '-o', 'name')

  await documented.run(await line('helm install', namespace))
  expect(await secret()).toEqual(given)
  const installed = await deployment()

  await documented.run(await line('--set image.tag=v1.0.1', namespace))
  expect(await secret()).toEqual(given)
  expect((await get('configmap gitlab-copilot-agent')).data.GITLAB_URL).toBe('https://gitlab.example.com')
  expect((await deployment()).spec.template.spec.containers[0].image).toMatch(/:v1\.0\.1$/)

  await documented.run(await line('--set replicaCount=3', namespace))
  const three = await deployment()
  expect(three.spec.replicas).toBe(3)
  // What was left out stayed, so the pods are those of the first line.
  expect(three.spec.template).toEqual(installed.spec.template)

  // Three that run, with a stand-in for the image, while Redis answers as the document's troubleshooting has it.
  await kubectl('scale', 'deployment', 'gitlab-copilot-agent', '--replicas=0')
  await kubectl('patch', 'deployment', 'gitlab-copilot-agent', '--type=json', '-p', standInPatch(8000))
  const image = `--set image.repository=${STAND_IN.repository},image.tag=${STAND_IN.tag}`
  await helm(`upgrade copilot-agent helm/gitlab-copilot-agent --set replicaCount=3 ${image}`)
  const job = ['--image=redis:7-alpine', '--restart=OnFailure', '--labels=batch.kubernetes.io/job-name=ping']
  const redis = async () => {
    await kubectl('wait', '--for=condition=Ready', 'pod', '-l', 'app=redis', '--timeout=60s')
    await kubectl('run', 'ping', ...job, '--', 'redis-cli', '-h', 'redis-service', 'ping')
    await kubectl('wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/ping', '--timeout=60s')
    return kubectl('logs', 'ping')
  }
  const rollout = kubectl('rollout', 'status', 'deployment/gitlab-copilot-agent', '--timeout=90s')
  const [pong] = await Promise.all([redis(), rollout])
  expect(pong).toBe('PONG\n')
  expect((await deployment()).status.readyReplicas).toBe(3)
  const health = await asked(['--namespace', namespace, 'svc/gitlab-copilot-agent', ':8000'], '/health')
  expect(await health.json()).toMatchObject({ status: 'ok' })
  await kubectl('delete', 'pod', 'ping')

  const notes = await helm('get notes copilot-agent')
  await documented.run(await line('helm uninstall', namespace))
  await kubectl('wait', '--for=delete', 'pods', '-l', 'app.kubernetes.io/instance=copilot-agent', '--timeout=60s')
  const left = (await kubectl('get', KINDS, '-o', 'name')).split('\n').filter((name) => !before.includes(name))
  expect(left).toEqual(['persistentvolumeclaim/data-gitlab-copilot-agent-redis-0'])
  expect(notes).toContain('delete persistentvolumeclaim data-gitlab-copilot-agent-redis-0')
})
