import type { Bundle } from '../bundle.ts'
import type { KubernetesObject } from '../objects.ts'
import { evaluate, isEmpty, type Scope } from '../template/evaluate.ts'
import { ValuesError } from '../values/errors.ts'
import { parseValues } from '../values/parse.ts'

/** Where a bundle is installed, and as what. */
export interface Installation {
  /** Default: the bundle's name. */
  name?: string | undefined
  /** Default: the bundle's own. */
  namespace?: string | undefined
}

/** What the expressions of a bundle are evaluated with. */
export function scopeOf(bundle: Bundle, input: unknown, { name, namespace }: Installation = {}): Scope {
  return {
    values: parseValues(bundle, input),
    release: {
      chart: bundle.name,
      name: label(bundle, 'name', name ?? bundle.name),
      namespace: label(bundle, 'namespace', namespace ?? bundle.defaultNamespace),
      require({ of, message }, value) {
        if (!isEmpty(value)) return value
        throw new ValuesError(bundle.name, [{ path: of.op === 'value' ? of.path.join('.') : '', message }])
      },
    },
  }
}

function label(bundle: Bundle, path: string, text: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text
  const expected = 'a DNS label: at most 63 lower case letters, digits and inner hyphens'
  throw new ValuesError(bundle.name, [{ path, message: `${JSON.stringify(text)} is not ${expected}` }])
}

/**
 * The objects of a bundle by file, in the order of application. Files without any object are left out.
 * @param input values that differ from the defaults
 * @throws {ValuesError} a value that the bundle refuses
 */
export function filesOf(
  bundle: Bundle,
  input?: unknown,
  installation?: Installation,
): Record<string, KubernetesObject[]> {
  const scope = scopeOf(bundle, input, installation)
  const files = Object.entries({ ...bundle.namespaceFile, ...bundle.files }).map(([file, template]) => {
    const contents = evaluate(Array.isArray(template) ? template : [template], scope)
    return [file, contents as KubernetesObject[]] as const
  })
  return Object.fromEntries(files.filter(([, objects]) => objects.length > 0))
}

/**
 * All objects of a bundle, in the order of application.
 * @throws {ValuesError} a value that the bundle refuses
 */
export function objectsOf(bundle: Bundle, input?: unknown, installation?: Installation): KubernetesObject[] {
  return Object.values(filesOf(bundle, input, installation)).flat()
}

/**
 * The lines that tell what to do after an installation.
 * @throws {ValuesError} a value that the bundle refuses
 */
export function notesOf(bundle: Bundle, input?: unknown, installation?: Installation): string {
  const lines = evaluate(bundle.notes, scopeOf(bundle, input, installation)) as string[]
  return lines.map((line) => `${line}\n`).join('')
}
