import { supervisorCommand } from '@kubectl-gc/agent'
import { expect, test } from 'vitest'
import { type AgentPodOptions, agentPod } from '../src/agent-pod.ts'

const options: AgentPodOptions = {
  podName: 'mayor',
  namespace: 'gc',
  sessionName: 'Mayor/1',
  labels: { 'gc-session': 'Mayor-1', app: 'other' },
  image: 'gc-agent:latest',
  command: 'echo $$ "$(HOME)"',
  env: { PRICE: '$5 $(HOME)', LANG: 'de_DE.UTF-8' },
  resources: { requests: { cpu: '500m' } },
}

const container = (pod = agentPod(options)) => pod.spec?.containers[0]

test('carries the names by which a session is found', () => {
  const { metadata } = agentPod(options)
  expect(metadata).toMatchObject({
    name: 'mayor',
    namespace: 'gc',
    labels: { app: 'gc-agent', 'gc-session': 'Mayor-1', 'kubectl-gc.dev/supervisor': 'start' },
    annotations: { 'gc-session-name': 'Mayor/1' },
  })
})

test('runs the supervisor with every dollar kept from Kubernetes', () => {
  const argv = [...(container()?.command ?? []), ...(container()?.args ?? [])]
  expect(argv.map((word) => word.replaceAll('$$', '$'))).toEqual(supervisorCommand({ command: options.command }))
  expect(argv.join('').replaceAll('$$', '')).not.toContain('$')
})

test("env is literal, and the caller's wins", () => {
  const env = Object.fromEntries((container()?.env ?? []).map(({ name, value }) => [name, value]))
  expect(env).toEqual({
    GC_TMUX_SESSION: 'main',
    LANG: 'de_DE.UTF-8',
    TERM: 'xterm-256color',
    PRICE: '$$5 $$(HOME)',
  })
})

test('is restricted unless told otherwise', () => {
  const pod = agentPod(options)
  expect(pod.spec?.securityContext).toMatchObject({
    runAsNonRoot: true,
    runAsUser: 1000,
    runAsGroup: 1000,
    fsGroup: 1000,
  })
  expect(pod.spec?.securityContext?.seccompProfile).toEqual({ type: 'RuntimeDefault' })
  expect(container()?.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } })

  const none = agentPod({ ...options, podSecurity: 'none' })
  expect(none.spec?.securityContext).toBeUndefined()
  expect(container(none)?.securityContext).toBeUndefined()

  const baseline = agentPod({ ...options, podSecurity: 'baseline', runAsUser: 0 })
  expect(baseline.spec?.securityContext).toEqual({ runAsUser: 0, runAsGroup: 0, fsGroup: 0 })
})

test('holds a token only for a service account that was asked for', () => {
  expect(agentPod(options).spec).toMatchObject({ automountServiceAccountToken: false })
  expect(agentPod(options).spec?.serviceAccountName).toBeUndefined()
  expect(agentPod({ ...options, serviceAccountName: 'gc-agent' }).spec).toMatchObject({
    automountServiceAccountToken: true,
    serviceAccountName: 'gc-agent',
  })
})
