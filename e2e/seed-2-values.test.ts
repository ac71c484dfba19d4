import { expect } from 'vitest'
import { documentedShell, line } from './support/documented-chart.ts'
import { run, succeed } from './support/run.ts'
import { test } from './support/test.ts'

test('a second installation in another namespace is another installation', async ({ namespace }) => {
  await using documented = await documentedShell()
  const other = `${namespace}-other`
  try {
    await documented.run(await line('helm install', namespace))
    await documented.run(await line('helm install', other))
    await documented.run(await line('helm uninstall', other))
    const kept = await run('kubectl', [
      '--namespace',
      namespace,
      'get',
      'deployment',
      'gitlab-copilot-agent',
      '-o',
      'name',
    ])
    expect(kept.stdout).toBe('deployment.apps/gitlab-copilot-agent\n')
  } finally {
    await succeed('kubectl', ['delete', 'namespace', other, '--ignore-not-found', '--wait=false'])
  }
})

test.for(['helm', 'helm4'])(
  '%s keeps what is left out, and forgets what is to be forgotten',
  async (helm, { namespace, kubectl }) => {
    await using documented = await documentedShell()
    const release = `gone helm/gitlab-copilot-agent --set fullnameOverride=gone,redis.enabled=false -n ${namespace}`
    const gitlab = '--set gitlab.url=https://gitlab.example.com,gitlab.token=t,gitlab.webhookSecret=s'
    const jira = '--set jira.url=https://jira.example.com,jira.apiToken=j'
    const keys = async () =>
      Object.keys(JSON.parse(await kubectl('get', 'secret', 'gone-secret', '-o', 'jsonpath={.data}')))
    await documented.run(`${helm} install ${release} ${gitlab} ${jira}`)
    await documented.run(`${helm} upgrade ${release}`)
    expect(await keys()).toContain('JIRA_API_TOKEN')
    await documented.run(`${helm} upgrade ${release} ${gitlab} --set keepValues=false`)
    expect(await keys()).toEqual(['GITLAB_TOKEN', 'GITLAB_WEBHOOK_SECRET'])
    expect(await kubectl('get', 'configmap', 'gone', '-o', 'jsonpath={.data}')).not.toContain('JIRA')
    await documented.run(`${helm} uninstall gone -n ${namespace}`)
  },
)

test('the autoscaler finds the Deployment, and keeps it above its minimum', async ({ namespace, kubectl }) => {
  await using documented = await documentedShell()
  const values = 'fullnameOverride=scaled,redis.enabled=false,autoscaling.enabled=true'
  const gitlab = 'gitlab.url=https://gitlab.example.com,gitlab.token=t,gitlab.webhookSecret=s'
  await documented.run(`helm install scaled helm/gitlab-copilot-agent --set ${values},${gitlab} -n ${namespace}`)
  await kubectl('wait', '--for=condition=AbleToScale', 'hpa/scaled-hpa', '--timeout=60s')
  const replicas = () => kubectl('get', 'deployment', 'scaled', '-o', 'jsonpath={.spec.replicas}')
  await expect.poll(replicas).toBe('2')
  await documented.run(`helm upgrade scaled helm/gitlab-copilot-agent --set ${values},image.tag=v2 -n ${namespace}`)
  expect(await replicas()).toBe('2')
  await documented.run(`helm uninstall scaled -n ${namespace}`)
})
