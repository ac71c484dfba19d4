import type { Bundle } from '../../bundle.ts'
import { filesOf, type Installation } from '../objects.ts'
import { toYaml } from '../yaml.ts'
import { kustomization } from './kustomization.ts'
import { overlayOf } from './overlay.ts'

/**
 * A Kustomize base of a bundle, and an overlay for each of its variants: files' contents by their paths.
 * @throws {ValuesError} a value that the bundle refuses
 */
export function kustomizeOf(bundle: Bundle, input?: unknown, installation?: Installation): Record<string, string> {
  const files = filesOf(bundle, input, installation)
  const base = Object.entries(files).map(([file, objects]) => [`base/${file}`, toYaml(objects)] as const)
  const overlays = Object.entries(bundle.overlays ?? {}).flatMap(([name, overlay]) =>
    Object.entries(overlayOf(bundle, overlay, input, installation)).map(
      ([file, text]) => [`overlays/${name}/${file}`, text] as const,
    ),
  )
  return {
    'base/kustomization.yaml': kustomization({ resources: Object.keys(files) }),
    ...Object.fromEntries(base),
    ...Object.fromEntries(overlays),
  }
}
