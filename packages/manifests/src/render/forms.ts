import type { Bundle } from '../bundle.ts'
import { chartOf } from './helm/chart.ts'
import { kustomizeOf } from './kustomize/kustomize.ts'
import { filesOf, type Installation } from './objects.ts'
import { toYaml } from './yaml.ts'

/** The forms that a bundle can be rendered in. */
export const forms = ['yaml', 'kustomize', 'helm'] as const

export type Form = (typeof forms)[number]

/**
 * The files of a bundle in one form, by their paths. A chart is given the values as its defaults, and takes name and
 * namespace when it is installed.
 * @throws {ValuesError} a value that the bundle refuses
 */
export function render(
  bundle: Bundle,
  form: Form,
  input?: unknown,
  installation?: Installation,
): Record<string, string> {
  if (form === 'helm') return chartOf(bundle, input)
  if (form === 'kustomize') return kustomizeOf(bundle, input, installation)
  const files = filesOf(bundle, input, installation)
  const texts = Object.entries(files).map(([file, objects]) => [file, toYaml(objects)] as const)
  return { ...Object.fromEntries(texts), ...bundle.extras }
}
