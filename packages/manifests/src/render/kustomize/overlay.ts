import type { Bundle } from '../../bundle.ts'
import type { KubernetesObject } from '../../objects.ts'
import { mergeValues } from '../../values/merge.ts'
import { filesOf, type Installation, objectsOf } from '../objects.ts'
import { write } from '../write.ts'
import { toYaml } from '../yaml.ts'
import { kustomization } from './kustomization.ts'
import { patchOf } from './patch.ts'

const identity = ({ apiVersion, kind, metadata }: KubernetesObject) =>
  [apiVersion, kind, metadata?.namespace, metadata?.name].join(' ')

const fileOf = ({ kind = '', metadata }: KubernetesObject) => `${metadata?.name}-${kind.toLowerCase()}.yaml`

/** Files of an overlay that makes of the base what the bundle renders with other values. */
export function overlayOf(
  bundle: Bundle,
  { description, values }: { description: string; values: object },
  input: unknown,
  installation?: Installation,
): Record<string, string> {
  const base = objectsOf(bundle, input, installation)
  const merged = mergeValues(input, values)
  const wanted = filesOf(bundle, merged, installation)
  const before = new Map(base.map((object) => [identity(object), object]))
  const after = new Set(Object.values(wanted).flat().map(identity))

  const added = Object.entries(wanted).flatMap(([file, objects]) => {
    const fresh = objects.filter((object) => !before.has(identity(object)))
    return fresh.length === 0 ? [] : [[file, toYaml(fresh)] as const]
  })
  const removed = base
    .filter((object) => !after.has(identity(object)))
    .map((object) => [`patch-${fileOf(object)}`, removal(object)] as const)
  const changed = Object.values(wanted)
    .flat()
    .flatMap((object) => {
      const operations = patchOf(before.get(identity(object)) ?? object, object)
      return operations.length === 0 ? [] : [{ object, operations }]
    })
  const patches = [
    ...removed.map(([path]) => ({ path })),
    ...changed.map(({ object }) => ({ path: `patch-${fileOf(object)}`, target: targetOf(object) })),
  ]
  return {
    'kustomization.yaml': `# ${description}\n${kustomization({
      resources: ['../../base', ...added.map(([file]) => file)],
      ...(patches.length === 0 ? {} : { patches }),
    })}`,
    ...Object.fromEntries(added),
    ...Object.fromEntries(removed),
    ...Object.fromEntries(changed.map(({ object, operations }) => [`patch-${fileOf(object)}`, write(operations)])),
  }
}

function targetOf({ apiVersion = '', kind, metadata }: KubernetesObject) {
  const [version, group] = apiVersion.split('/').reverse()
  return { ...(group === undefined ? {} : { group }), version, kind, name: metadata?.name }
}

function removal({ apiVersion, kind, metadata }: KubernetesObject): string {
  return write({
    apiVersion,
    kind,
    metadata: { name: metadata?.name, namespace: metadata?.namespace },
    $patch: 'delete',
  })
}
