/** The part of JSON Schema that fields are explained from. */
export interface Schema {
  description?: string
  type?: string | string[]
  enum?: readonly unknown[]
  const?: unknown
  default?: unknown
  properties?: Record<string, Schema>
  required?: readonly string[]
  items?: Schema
  additionalProperties?: Schema | boolean
}

/** The type of a field in kubectl's way of writing: `<string>`, `<[]Object>`, `<map[string]string>`. */
export function typeName({ type, items, properties, additionalProperties, enum: options }: Schema): string {
  if (items !== undefined) return `[]${typeName(items)}`
  if (properties !== undefined) return 'Object'
  if (typeof additionalProperties === 'object') return `map[string]${typeName(additionalProperties)}`
  if (Array.isArray(type)) return type.join('|')
  return type === 'object' ? 'Object' : (type ?? (options === undefined ? 'any' : 'string'))
}

/** What a field's own fields are found in: through lists and maps. */
export function within(schema: Schema): Schema {
  if (schema.items !== undefined) return within(schema.items)
  const { additionalProperties: values, properties } = schema
  return properties === undefined && typeof values === 'object' ? within(values) : schema
}
