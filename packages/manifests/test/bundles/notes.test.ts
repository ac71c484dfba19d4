import { expect, test } from 'vitest'
import { type Bundle, bundles, type KubernetesObject, mergeValues, notesOf, objectsOf } from '../../src/index.ts'
import type { StatefulSet } from '../../src/kubernetes.ts'

const SHORT: Record<string, string> = { svc: 'service' }
const installation = { name: 'some-release', namespace: 'some-namespace' }
const cases = Object.values(bundles).flatMap((bundle) => {
  const overlays = Object.values(bundle.overlays ?? {}).map(({ values }) => values)
  const toggles = [
    { ingress: { enabled: true } },
    { externalSecret: { enabled: true } },
    { volumes: { enabled: true } },
  ]
  const values = [{}, ...overlays, ...toggles.filter((toggle) => Object.keys(toggle).every((key) => has(bundle, key)))]
  return values.map((one) => ({ name: bundle.name, bundle, values: one }))
})

function has(bundle: Bundle, key: string): boolean {
  return key in (bundle.schema.properties ?? {})
}

/** `kind/name` of what the objects are, and of the claims that they make. */
function named(objects: KubernetesObject[]): string[] {
  return objects.flatMap((object) => {
    const claims = (object as StatefulSet).spec?.volumeClaimTemplates ?? []
    return [
      `${object.kind?.toLowerCase()}/${object.metadata?.name}`,
      ...claims.map(({ metadata }) => `persistentvolumeclaim/${metadata?.name}-${object.metadata?.name}-0`),
    ]
  })
}

test.for(cases)('every object that the notes of $name name is there: $values', ({ bundle, values }) => {
  const given = mergeValues(bundle.example ?? {}, values)
  const objects = named(objectsOf(bundle, given, installation))
  const commands = notesOf(bundle, given, installation)
    .split('\n')
    .filter((line) => line.startsWith('  kubectl --namespace'))
  expect(commands.length).toBeGreaterThan(0)
  for (const command of commands) {
    expect(command).toContain('--namespace some-namespace ')
    for (const [, kind = '', name] of command.matchAll(
      / (deployment|statefulset|svc|persistentvolumeclaim|ingress|externalsecret|horizontalpodautoscaler)[/ ]([a-z0-9-]+)/g,
    )) {
      if (bundle.name === 'dojo' && kind === 'persistentvolumeclaim') continue // its user brings it
      expect(objects, command).toContain(`${SHORT[kind] ?? kind}/${name}`)
    }
  }
})
