import type { Bundle } from '../../bundle.ts'
import type { Schema } from '../../template/reference.ts'
import { valuesIn } from '../../template/used.ts'
import { write } from '../write.ts'

/** The schema of the values that the chart's templates use: those of the namespace object alone are no chart's. */
export function chartSchema(bundle: Bundle): Schema {
  const own = valuesIn(bundle.namespaceFile).map(([key]) => key)
  const used = new Set(valuesIn([bundle.files, bundle.notes]).map(([key]) => key))
  const { properties = {}, ...schema } = bundle.schema
  const kept = Object.entries(properties).filter(([key]) => used.has(key) || !own.includes(key))
  return { ...schema, properties: Object.fromEntries(kept) }
}

/** `values.yaml`: every value with its default, under its description. */
export function valuesYaml(bundle: Bundle, values: object): string {
  const { properties = {} } = chartSchema(bundle)
  return `# Values of ${bundle.name}. A wrong name or type is refused: values.schema.json.\n\n${fields(properties, values, 0).join('\n')}`
}

function fields(properties: Record<string, Schema>, values: object, depth: number): string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const lines = [...comment(schema), ...field(key, schema, (values as Record<string, unknown>)[key], depth)]
    return depth === 0 ? [...lines, ''] : lines
  })
}

function field(key: string, { properties }: Schema, value: unknown, depth: number): string[] {
  if (value === undefined) return [`# ${key}:`]
  if (properties === undefined)
    return write({ [key]: value })
      .trimEnd()
      .split('\n')
  const lines = fields(properties, value as object, depth + 1)
  return [`${key}:`, ...lines.map((line) => (line === '' ? '' : `  ${line}`))]
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

/** `values.schema.json`: by it Helm refuses wrong names and types, and that somebody takes a default away. */
export function valuesSchema(bundle: Bundle): string {
  const { required = [], ...schema } = chartSchema(bundle)
  // Helm hands `global` to every chart that is another's dependency.
  const properties = { ...schema.properties, global: { type: 'object' } }
  const given = required.filter((key) => key in properties)
  return `${JSON.stringify(withoutBounds({ ...schema, properties, required: given }), undefined, 2)}\n`
}

/** Without the bounds of numbers that a double can hold. */
function withoutBounds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutBounds)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).filter(
    ([key, value]) => !/^(min|max)imum$/.test(key) || Math.abs(Number(value)) !== Number.MAX_SAFE_INTEGER,
  )
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutBounds(value)]))
}
