import type { Bundle } from '../../bundle.ts'
import { parseValues } from '../../values/parse.ts'
import { write } from '../write.ts'
import { template } from './documents.ts'
import { helpers } from './helpers.ts'
import { emitText } from './text.ts'
import { valuesSchema, valuesYaml } from './values.ts'

/**
 * A Helm chart of a bundle, for Helm 3 and 4: its files' contents by their paths in the chart's folder.
 * @param input values that take the place of the chart's defaults
 * @throws {ValuesError} a value that the bundle refuses
 */
export function chartOf(bundle: Bundle, input?: unknown): Record<string, string> {
  const context = { chart: bundle.name, root: '.' } as const
  const templates = Object.entries(bundle.files).map(
    ([file, contents]) => [`templates/${file}`, template(contents, context)] as const,
  )
  const overlays = Object.entries(bundle.overlays ?? {}).map(
    ([name, { description, values }]) => [`values-${name}.yaml`, `# ${description}\n${write(values)}`] as const,
  )
  const shared = helpers(bundle)
  return {
    'Chart.yaml': write({
      apiVersion: 'v2',
      name: bundle.name,
      description: bundle.description,
      type: 'application',
      version: bundle.version,
      appVersion: bundle.version,
    }),
    'values.yaml': valuesYaml(bundle, parseValues(bundle, input)),
    ...Object.fromEntries(overlays),
    'values.schema.json': valuesSchema(bundle),
    ...Object.fromEntries(templates),
    ...(shared === '' ? {} : { 'templates/_helpers.tpl': shared }),
    'templates/NOTES.txt': `${emitText(bundle.notes, context).join('\n')}\n`,
  }
}
