import { type Bundle, bundles, objectsOf } from '@kubectl-gc/manifests'

type Schema = Bundle['schema']

const HEAD = `# Bundles

<!-- Written by scripts/generate/render.ts. -->

A bundle is a set of Kubernetes objects and the values that decide about them. Each comes in three forms, which are the same objects: as YAML, as a Kustomize base with an overlay for each variant, and as a Helm chart. They are in [\`manifests/\`](../../manifests), rendered with the defaults; with other values \`kubectl gc render\` writes them:

\`\`\`sh
kubectl gc render sessions --set dolt.storage=50Gi | kubectl apply -f -
kubectl gc render sessions --output kustomize --out deploy/sessions
kubectl gc render sessions --output helm --out charts/sessions --values values.yaml
\`\`\`

Values are laid over the defaults as Helm lays them: mappings are merged, lists are replaced, and null takes away what need not be there. A wrong name or type is refused with its path, by \`kubectl gc render\` and by the chart's schema.
`

/** The page docs/reference/bundles.md. */
export function bundlesPage(): string {
  return [HEAD, ...Object.values(bundles).map(section)].join('\n')
}

function section(bundle: Bundle): string {
  const { name, description, defaultNamespace, overlays = {}, example } = bundle
  const objects = objectsOf(bundle, example).map(({ kind, metadata }) => `${kind} \`${metadata?.name}\``)
  const variants = Object.entries(overlays).map(([key, one]) => `- \`--overlay ${key}\`: ${one.description}\n`)
  const given = example === undefined ? '' : `\nTo be given: \`${JSON.stringify(example)}\`, or the like.\n`
  return `## ${name}

${description}. Namespace \`${defaultNamespace}\` unless another is named. With the defaults: ${objects.join(', ')}. How to use it: [${name}](bundles-${name}.md).
${given}${variants.length === 0 ? '' : `\n${variants.join('')}`}
| value | default | what it is |
|---|---|---|
${rows(bundle.schema, bundle.values.parse({}), []).join('')}`
}

function rows(schema: Schema, defaults: unknown, path: string[]): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, one]) => {
    const value = (defaults as Record<string, unknown> | undefined)?.[key]
    if (one.properties !== undefined && !isAmount(one)) return rows(one, value, [...path, key])
    const options = one.enum === undefined ? '' : ` One of ${one.enum.map((option) => `\`${option}\``).join(', ')}.`
    const what = `${one.description ?? ''}${options}`.replaceAll('|', '\\|')
    return [`| \`${[...path, key].join('.')}\` | ${shown(value)} | ${what} |\n`]
  })
}

/** CPU and memory are one row. */
const isAmount = ({ properties = {} }: Schema) =>
  Object.keys(properties).every((key) => ['cpu', 'memory', 'limits', 'requests'].includes(key))

function shown(value: unknown): string {
  if (value === undefined) return 'none'
  if (typeof value === 'string' && value.includes('\n')) return 'a text'
  return `\`${JSON.stringify(value).replaceAll('|', '\\|')}\``
}
