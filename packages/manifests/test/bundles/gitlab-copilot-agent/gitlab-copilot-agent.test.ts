import { expect, test } from 'vitest'
import { gitlabCopilotAgentBundle as bundle } from '../../../src/bundles/gitlab-copilot-agent/index.ts'
import { isValuesError, mergeValues, notesOf, objectsOf } from '../../../src/index.ts'
import type { ConfigMap, Deployment, NetworkPolicy, Secret } from '../../../src/kubernetes.ts'

const render = (values: object = {}) => objectsOf(bundle, mergeValues(bundle.example, values))
const all = <T>(kind: string, values?: object) => render(values).filter((object) => object.kind === kind) as T[]
const config = (values?: object) => all<ConfigMap>('ConfigMap', values)[0]?.data ?? {}
const secrets = (values?: object) => Object.keys(all<Secret>('Secret', values)[0]?.data ?? {})

function problems(values: object): unknown {
  try {
    return objectsOf(bundle, values)
  } catch (error) {
    if (!isValuesError(error)) throw error
    return error.problems.map(({ path }) => path)
  }
}

test('GitLab must be known, and its tokens unless they come from a store', () => {
  expect(problems({})).toEqual(['gitlab.url'])
  expect(problems({ gitlab: { url: 'https://gitlab.example.com' } })).toEqual(['gitlab.token'])
  expect(problems({ gitlab: { url: 'https://gitlab.example.com', token: 'x' } })).toEqual(['gitlab.webhookSecret'])
  expect(
    all('ExternalSecret', { gitlab: { token: '', webhookSecret: '' }, externalSecret: { enabled: true } }),
  ).toHaveLength(1)
})

test('Jira is set up only with its address', () => {
  const jira = (data: object) => Object.keys(data).filter((key) => key.startsWith('JIRA_'))
  expect(jira(config({ jira: { apiToken: 't' } }))).toEqual([])
  expect(jira(config({ jira: { url: 'https://jira.example.com', projectMap: '{}' } }))).toEqual([
    'JIRA_URL',
    'JIRA_PROJECT_MAP',
    'JIRA_TRIGGER_STATUS',
    'JIRA_IN_PROGRESS_STATUS',
    'JIRA_IN_REVIEW_STATUS',
    'JIRA_POLL_INTERVAL',
  ])
})

test('the Secret has what was given, and no empty keys', () => {
  expect(secrets()).toEqual(['GITLAB_TOKEN', 'GITLAB_WEBHOOK_SECRET', 'GITHUB_TOKEN'])
  const values = {
    github: { token: '' },
    controller: { copilotProviderApiKey: 'k' },
    jira: { email: 'e', apiToken: 't' },
  }
  expect(secrets(values).slice(2)).toEqual(['COPILOT_PROVIDER_API_KEY', 'JIRA_EMAIL', 'JIRA_API_TOKEN'])
})

test('no setting points to a Redis that is not there', () => {
  expect(config({ redis: { enabled: false } })).not.toHaveProperty('REDIS_URL')
  expect(config({ redis: { enabled: false, url: 'redis://other:1' } }).REDIS_URL).toBe('redis://other:1')
  expect(notesOf(bundle, mergeValues(bundle.example, { redis: { enabled: false } }))).toContain('There is no Redis')
})

test.for([
  [{}, false],
  [{ github: { token: '' } }, true],
  [{ github: { token: '' }, controller: { copilotProviderType: 'azure' } }, false],
  [{ github: { token: '' }, externalSecret: { enabled: true } }, false],
] as const)('the notes of %j warn of a missing model: %s', ([values, warned]) => {
  const text = notesOf(bundle, mergeValues(bundle.example, values))
  expect(text.includes('Controllers will not start')).toBe(warned)
})

test('only controllers and Jobs reach Redis', () => {
  expect(all<NetworkPolicy>('NetworkPolicy')[0]?.spec?.ingress?.[0]?.from).toHaveLength(2)
  expect(all('NetworkPolicy', { networkPolicies: { enabled: false } })).toEqual([])
})

test('Jobs run the image of the controller unless they have one of their own', () => {
  expect(config({ image: { tag: 'v1' } }).K8S_JOB_IMAGE).toBe('ghcr.io/peteroden/gitlab-copilot-agent:v1')
  expect(config({ jobRunner: { image: 'runner:2' } }).K8S_JOB_IMAGE).toBe('runner:2')
})

test('with an empty fullnameOverride, names are those of any chart', () => {
  const objects = objectsOf(bundle, mergeValues(bundle.example, { fullnameOverride: '' }), { name: 'copilot-agent' })
  const deployment = objects.find(({ kind }) => kind === 'Deployment') as Deployment
  expect(deployment.metadata?.name).toBe('copilot-agent-gitlab-copilot-agent')
})
