import { expect, test } from 'vitest'
import { agentsmithBundle } from '../../src/bundles/agentsmith/index.ts'
import { objectsOf } from '../../src/index.ts'
import type { Deployment } from '../../src/kubernetes.ts'
import { extra, missing } from './compare.ts'
import { seed, tableIn, yamlIn } from './document.ts'

const document = seed('4-agentsmith-dispatcher.md')
const [deployment, service, ...others] = yamlIn(document)
const rendered = (kind: string) =>
  objectsOf(agentsmithBundle).find(
    (object) => object.kind === kind && object.metadata?.name === 'agentsmith-dispatcher',
  )

/** What we add to what the document prints, and why. */
const ADDED = [
  'metadata.labels.app.kubernetes.io/part-of', // recommended
  'spec.strategy', // a new pod is ready before an old one goes
  'spec.template.metadata.labels.app.kubernetes.io/part-of', // recommended
  'spec.template.metadata.annotations', // a changed configuration replaces the pods
  'spec.template.spec.enableServiceLinks', // no variables for services that nobody asked for
  'spec.template.spec.securityContext.fsGroupChangePolicy', // volumes are not walked at each start
  'spec.template.spec.securityContext.seccompProfile', // restricted
  'spec.template.spec.containers[dispatcher].securityContext.capabilities', // restricted
]

test('the document prints two objects', () => {
  expect([deployment, service]).toMatchObject([{ kind: 'Deployment' }, { kind: 'Service' }])
  expect(others).toEqual([])
})

test('the Deployment has every field that is printed, and no other but those listed', () => {
  expect(missing(deployment, rendered('Deployment'))).toEqual([])
  expect(extra(deployment, rendered('Deployment'))).toEqual(ADDED)
})

test('the Service has every field that is printed, and no other but those listed', () => {
  expect(missing(service, rendered('Service'))).toEqual([])
  expect(extra(service, rendered('Service'))).toEqual(ADDED.slice(0, 1))
})

test('each variable of the table comes from where the table says', () => {
  const { spec } = rendered('Deployment') as Deployment
  const env = spec?.template.spec?.containers[0]?.env ?? []
  const source = { hardcoded: 'value', secret: 'secretKeyRef', fieldRef: 'fieldRef' }
  const rows = tableIn(document, '## Environment Variables Summary')
  expect(rows.map(([name]) => name)).toEqual(env.map(({ name }) => name))
  for (const [name, from] of rows) {
    const variable = env.find((one) => one.name === name)
    expect(Object.keys(variable?.valueFrom ?? { value: '' }), name).toEqual([source[from as keyof typeof source]])
  }
})
