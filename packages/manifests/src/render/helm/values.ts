import { stringify } from 'yaml'
import type { Bundle } from '../../bundle.ts'
import type { Schema } from '../../template/reference.ts'
import { valuesIn } from '../../template/used.ts'

/** The schema of the values that the chart's templates use: those of the namespace object alone are no chart's. */
export function chartSchema(bundle: Bundle): Schema {
  const own = valuesIn(bundle.namespaceFile).map(([key]) => key)
  const used = new Set(valuesIn([bundle.files, bundle.notes]).map(([key]) => key))
  const { properties = {}, ...schema } = bundle.schema
  const kept = Object.entries(properties).filter(([key]) => used.has(key) || !own.includes(key))
  return { ...schema, properties: Object.fromEntries(kept) }
}

/** `values.yaml`: every value with its default, under its description. */
export function valuesYaml(bundle: Bundle): string {
  const { properties = {} } = chartSchema(bundle)
  return `# Values of ${bundle.name}. A wrong name or type is refused: values.schema.json.\n\n${fields(properties, 0).join('\n')}\n`
}

function fields(properties: Record<string, Schema>, depth: number): string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const lines = [...comment(schema), ...field(key, schema, depth)]
    return depth === 0 ? [...lines, ''] : lines
  })
}

function field(key: string, schema: Schema, depth: number): string[] {
  if (schema.properties !== undefined && schema.default === undefined) {
    return [`${key}:`, ...fields(schema.properties, depth + 1).map((line) => (line === '' ? '' : `  ${line}`))]
  }
  if (schema.default === undefined) return [`# ${key}:`]
  return stringify({ [key]: schema.default }, { lineWidth: 0 })
    .trimEnd()
    .split('\n')
}

function comment({ description, enum: options }: Schema): string[] {
  const text = [description ?? '', options === undefined ? '' : `One of ${options.join(', ')}.`]
    .filter(Boolean)
    .join(' ')
  return text === '' ? [] : wrap(text, 96).map((line) => `# ${line}`)
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** `values.schema.json`: by it Helm refuses wrong names and types. Nothing is required, as everything has a default. */
export function valuesSchema(bundle: Bundle): string {
  const schema = chartSchema(bundle)
  // Helm hands `global` to every chart that is another's dependency.
  const properties = { ...schema.properties, global: { type: 'object' } }
  return `${JSON.stringify(open({ ...schema, properties }), undefined, 2)}\n`
}

function open(schema: Schema, inList = false): Schema {
  const { required, properties, items, additionalProperties, ...rest } = schema as Schema & Record<string, unknown>
  for (const bound of ['minimum', 'maximum']) {
    if (Math.abs(Number(rest[bound])) === Number.MAX_SAFE_INTEGER) delete rest[bound]
  }
  return {
    ...rest,
    ...(inList && required !== undefined ? { required } : {}),
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, open(one, inList)])) }),
    ...(items === undefined ? {} : { items: open(items, true) }),
    ...(additionalProperties === undefined
      ? {}
      : {
          additionalProperties:
            typeof additionalProperties === 'object' ? open(additionalProperties, true) : additionalProperties,
        }),
  }
}
