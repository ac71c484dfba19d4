import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { gitlabCopilotAgentBundle as bundle } from '../../src/bundles/gitlab-copilot-agent/index.ts'
import { chartOf, type KubernetesObject, mergeValues, objectsOf } from '../../src/index.ts'
import type { Deployment } from '../../src/kubernetes.ts'
import { extra, missing } from './compare.ts'
import { seed, yamlIn } from './document.ts'

const printed = yamlIn(seed('2-gitlab-copilot-agent-deployment.md')) as Record<string, unknown>[]
const chart = chartOf(bundle)
const defaults = parse(chart['values.yaml'] ?? '')

function rendered(kind: string, values: object = {}): KubernetesObject | undefined {
  const objects = objectsOf(bundle, mergeValues(bundle.example, values), { name: 'copilot-agent' })
  return objects.find((object) => object.kind === kind)
}

const has = (key: string) => printed.filter((one) => key in one)
const kind = (name: string) => printed.find((one) => one.kind === name)

/** Values that we add to those that the document prints, and why. */
const ADDED_VALUES = [
  'keepValues', // what an upgrade leaves out stays
  'nameOverride', // names, as in any chart
  'fullnameOverride',
  'replicaCount', // printed in the line that scales
  'redis.maxMemory', // below the printed limit, so that Redis is not killed
  'redis.serviceName', // the name in the document's troubleshooting
  'redis.url', // another Redis
  'externalSecret', // printed as an object
  'serviceAccount.annotations', // identities of clouds
  'service', // printed in the chart's structure
  'autoscaling', // printed as an object
  'networkPolicies', // recommended there
  'telemetry.collector.nodeMetrics', // what a restricted collector cannot read
  'telemetry.collector.hostLogs',
]

const LABELS = ['metadata.namespace', 'metadata.labels']

test('every piece of YAML in the document is accounted for', () => {
  const values = ['image', 'controller', 'jobRunner', 'gitlab', 'serviceAccount', 'telemetry', 'jira']
  const known = [...values.flatMap(has), ...has('redis'), ...has('livenessProbe'), ...has('kind'), ...has('jobs')]
  expect(printed.filter((one) => !known.includes(one))).toEqual([])
})

test('values.yaml has every value that is printed, with its default, and no other but those listed', () => {
  const blocks = printed.filter((one) => !('kind' in one || 'jobs' in one || 'livenessProbe' in one))
  const all = blocks.reduce<unknown>((below, above) => mergeValues(below, above), {})
  expect(missing(all, defaults)).toEqual([])
  expect(extra(all, defaults)).toEqual(ADDED_VALUES)
})

test('the probes are those printed', () => {
  const [probes] = has('livenessProbe')
  const { spec } = rendered('Deployment') as Deployment
  const { livenessProbe, readinessProbe } = spec?.template.spec?.containers[0] ?? {}
  expect({ livenessProbe, readinessProbe }).toEqual(probes)
})

test('the autoscaler is the one printed, and its target is our Deployment', () => {
  const autoscaler = rendered('HorizontalPodAutoscaler', { autoscaling: { enabled: true } })
  expect(missing(kind('HorizontalPodAutoscaler'), autoscaler)).toEqual([])
  expect(extra(kind('HorizontalPodAutoscaler'), autoscaler)).toEqual(LABELS)
  expect(autoscaler).toMatchObject({ spec: { scaleTargetRef: { name: rendered('Deployment')?.metadata?.name } } })
})

test('the ExternalSecret is the one printed, and fills the Secret that the pods take', () => {
  const values = { externalSecret: { enabled: true } }
  const external = rendered('ExternalSecret', values)
  expect(missing(kind('ExternalSecret'), external)).toEqual([])
  // Without it nobody could tell a webhook of GitLab's from another.
  expect(extra(kind('ExternalSecret'), external)).toEqual([...LABELS, 'spec.data[GITLAB_WEBHOOK_SECRET]'])
  expect(rendered('Secret', values)).toBeUndefined()
  const { spec } = rendered('Deployment', values) as Deployment
  const target = (external as unknown as { spec: { target: { name: string } } }).spec.target
  expect(spec?.template.spec?.containers[0]?.envFrom).toContainEqual({ secretRef: target })
})

test('the chart has the files that the document draws', () => {
  const drawn = /templates\/\n((?: {4}[├└].*\n)+)/.exec(seed('2-gitlab-copilot-agent-deployment.md'))?.[1] ?? ''
  const templates = [...drawn.matchAll(/─ (\S+)/g)].map(([, file]) => `templates/${file}`)
  expect(templates.length).toBe(9)
  expect(Object.keys(chart)).toEqual(
    expect.arrayContaining([...templates, 'Chart.yaml', 'values.yaml', 'values-local.yaml']),
  )
})
