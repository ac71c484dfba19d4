import { randomBytes } from 'node:crypto'
import {
  type Bundle,
  bundles,
  chartOf,
  isValuesError,
  type KubernetesObject,
  kustomizeOf,
  mergeValues,
  objectsOf,
  sessionsBundle,
  toYaml,
} from '@kubectl-gc/manifests'
import { UNRESTRICTED_ANNOTATION } from '@kubectl-gc/manifests/define'
import type { PodTemplateSpec, StatefulSet } from '@kubectl-gc/manifests/kubernetes'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arbitraryValues, everything } from './support/arbitrary-values.ts'
import { createNamespace } from './support/namespace.ts'
import { byName, helmTemplate, kustomize, program, written } from './support/rendering.ts'
import { run, succeed } from './support/run.ts'

const namespace = `render-${randomBytes(4).toString('hex')}`
const all = Object.values(bundles).map((bundle) => [bundle.name, bundle] as const)

beforeAll(async () => {
  await createNamespace(namespace)
  const standards = ['enforce', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}=restricted`)
  await succeed('kubectl', ['label', 'namespace', namespace, ...standards])
})

afterAll(async () => {
  await succeed('kubectl', ['delete', 'namespace', namespace, '--wait=false'])
})

/** What a chart takes, and what comes of it: not the namespace, which is there before a chart is installed. */
function forCharts(bundle: Bundle, values: object): object {
  const { properties } = JSON.parse(chartOf(bundle)['values.schema.json'] ?? '') as { properties: object }
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in properties))
}

function chartObjects(bundle: Bundle, values: object, release: string): Record<string, KubernetesObject> {
  const objects = objectsOf(bundle, values, { name: release, namespace })
  const own = objects.filter(({ kind }) => kind !== 'Namespace' || Object.keys(bundle.namespaceFile).length === 0)
  return byName(toYaml(own))
}

/** Values that show every side of a bundle, by what they are. */
function variants(bundle: Bundle): [string, object][] {
  const example = bundle.example ?? {}
  const overlays = Object.entries(bundle.overlays ?? {})
  return [
    ['as it comes', example],
    ['with everything on', mergeValues(everything(bundle.schema), example) as object],
    ...overlays.map(([name, { values }]): [string, object] => [name, mergeValues(example, values) as object]),
  ]
}

const cases = all.flatMap(([name, bundle]) =>
  variants(bundle).map(([variant, values]) => ({ name, variant, bundle, values })),
)

test.for(cases)('$name $variant is the same in every form', async ({ bundle, values }) => {
  const release = 'some-release'
  await using chart = await written(chartOf(bundle))
  const wanted = chartObjects(bundle, values, release)
  const given = { release, namespace, values: forCharts(bundle, values) }
  expect(await helmTemplate('helm', chart.path, given)).toEqual(wanted)
  expect(await helmTemplate('helm4', chart.path, given)).toEqual(wanted)
  await using base = await written(kustomizeOf(bundle, values))
  expect(await kustomize(`${base.path}/base`)).toEqual(byName(toYaml(objectsOf(bundle, values))))
})

test.for(all)('%s is the same in every form for any values', { timeout: 600_000 }, async ([, bundle]) => {
  const numRuns = Number(process.env.KUBECTL_GC_TEST_RUNS ?? 5)
  await using chart = await written(chartOf(bundle))
  await fc.assert(
    fc.asyncProperty(arbitraryValues(bundle.schema), async (any) => {
      const values = mergeValues(bundle.example ?? {}, any) as object
      const given = { release: 'r', namespace, values: forCharts(bundle, values) }
      try {
        const wanted = chartObjects(bundle, values, 'r')
        expect(await helmTemplate('helm', chart.path, given)).toEqual(wanted)
      } catch (error) {
        if (!isValuesError(error)) throw error
        await expect(helmTemplate('helm', chart.path, given)).rejects.toThrow()
      }
    }),
    { numRuns },
  )
})

test.for(all.filter(([, { overlays }]) => overlays !== undefined))('overlays of %s', async ([, bundle]) => {
  const example = bundle.example ?? {}
  await using files = await written(kustomizeOf(bundle, example))
  for (const [name, { values }] of Object.entries(bundle.overlays ?? {})) {
    const wanted = byName(toYaml(objectsOf(bundle, mergeValues(example, values))))
    expect(await kustomize(`${files.path}/overlays/${name}`)).toEqual(wanted)
  }
})

test.for(all)('image and namespace transformers work on %s', async ([, bundle]) => {
  const before = objectsOf(bundle, bundle.example)
  const image = /image: "?([^"@\s]+?)(:[^/"\s]+)?"?$/m.exec(toYaml(before))?.[1] ?? ''
  const fields = { resources: ['../base'], namespace: 'elsewhere', images: [{ name: image, newTag: 'transformed' }] }
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields }
  await using files = await written({
    ...kustomizeOf(bundle, bundle.example),
    'consumer/kustomization.yaml': JSON.stringify(kustomization),
  })
  const after = Object.values(await kustomize(`${files.path}/consumer`))
  for (const object of after) {
    if (object.metadata?.namespace !== undefined) expect(object.metadata.namespace).toBe('elsewhere')
    for (const { kind, namespace } of (object as { subjects?: { kind: string; namespace?: string }[] }).subjects ??
      []) {
      if (kind === 'ServiceAccount') expect(namespace).toBe('elsewhere')
    }
  }
  expect(toYaml(after)).toContain(`${image}:transformed`)
  expect(after.length).toBe(before.length)
})

test('a base is taken from a git repository', async () => {
  await using repository = await written(kustomizeOf(sessionsBundle))
  const git = (...args: string[]) =>
    succeed('git', ['-C', repository.path, '-c', 'user.name=e2e', '-c', 'user.email=e2e@example.com', ...args])
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '.')
  await git('commit', '--quiet', '--message=base')
  const resources = [`file://${repository.path}//base?ref=main`]
  await using consumer = await written({ 'kustomization.yaml': JSON.stringify({ resources }) })
  expect(await kustomize(consumer.path)).toEqual(byName(toYaml(objectsOf(sessionsBundle))))
})

test.for(all)('helm lint finds nothing in %s', async ([, bundle]) => {
  await using chart = await written({ ...chartOf(bundle), 'example.json': JSON.stringify(bundle.example ?? {}) })
  for (const helm of ['helm', 'helm4'] as const) {
    await succeed(await program(helm), ['lint', '--strict', chart.path, '--values', `${chart.path}/example.json`])
  }
})

test.for(cases)('the server takes $name $variant, without a warning', async ({ bundle, values }) => {
  const objects = await known(objectsOf(bundle, values, { namespace }))
  const { exitCode, stderr } = await run('kubectl', ['apply', '--dry-run=server', '-f', '-'], {
    stdin: toYaml(objects),
  })
  expect(exitCode, stderr).toBe(0)
  const excused = objects.filter((object) => because(templateOf(object)) !== undefined)
  const warnings = stderr.split('\n').filter((line) => line.startsWith('Warning:') && !line.includes('last-applied'))
  expect(warnings.length, stderr).toBeLessThanOrEqual(excused.length)
})

test.for(cases)('pods of $name $variant are restricted, or say why not', async ({ bundle, values }) => {
  const objects = objectsOf(bundle, values, { namespace })
  for (const object of objects) {
    const template = templateOf(object)
    if (template?.spec === undefined || because(template) !== undefined) continue
    const { serviceAccountName: _, ...spec } = template.spec
    const volumes = [...(spec.volumes ?? []), ...claimsOf(object).map((name) => ({ name, emptyDir: {} }))]
    const restartPolicy = spec.restartPolicy ?? 'Always'
    const metadata = { ...template.metadata, name: 'pod', namespace }
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec, volumes, restartPolicy } }
    await succeed('kubectl', ['create', '--dry-run=server', '-f', '-'], { stdin: JSON.stringify(pod) })
  }
})

function templateOf(object: KubernetesObject): PodTemplateSpec | undefined {
  const { spec } = object as {
    spec?: { template?: PodTemplateSpec; jobTemplate?: { spec: { template: PodTemplateSpec } } }
  }
  return spec?.jobTemplate?.spec.template ?? spec?.template
}

/** The volumes that a StatefulSet gives its pods. */
function claimsOf(object: KubernetesObject): string[] {
  const { spec } = object as StatefulSet
  return (spec?.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name ?? '')
}

function because(template: PodTemplateSpec | undefined): string | undefined {
  return template?.metadata?.annotations?.[UNRESTRICTED_ANNOTATION]
}

/** Those whose types this cluster has: no custom ones. */
async function known(objects: KubernetesObject[]): Promise<KubernetesObject[]> {
  const versions = (await succeed('kubectl', ['api-versions'])).split('\n')
  return objects.filter(({ apiVersion = '' }) => versions.includes(apiVersion))
}
