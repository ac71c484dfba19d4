import { type Expression, tokenOf, type ValueType } from './expression.ts'

/** The part of a JSON schema that is looked at. */
export interface Schema {
  type?: string
  enum?: unknown[]
  pattern?: string
  format?: string
  description?: string
  default?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: Schema | boolean
}

/** Values as the source of a bundle sees them: all are there, because none is known yet. */
export type Template<T> = T extends (infer Item)[]
  ? Template<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Template<Exclude<T[Key], undefined>> }
    : Exclude<T, undefined>

export function typeOf(schema: Schema): ValueType {
  if (schema.type === 'object') return schema.properties === undefined ? 'map' : 'object'
  if (schema.type === 'array') return 'list'
  if (schema.type === 'string' || (schema.enum?.every((one) => typeof one === 'string') ?? false)) return 'string'
  return schema.type === 'integer' || schema.type === 'number' || schema.type === 'boolean' ? schema.type : 'any'
}

/** Whether no text that the schema takes has a line end. */
function isOneLine({ type, enum: options, pattern }: Schema): boolean {
  if (type === 'integer' || type === 'number' || type === 'boolean' || options !== undefined) return true
  return pattern !== undefined && !['\n', 'a\n', 'a\na', '1\n1'].some((text) => new RegExp(pattern, 'u').test(text))
}

interface Place {
  path: string[]
  item?: string
  optional?: boolean
}

const SCHEMA = Symbol('schema')

/** The schema of what a reference refers to. */
export function schemaOf(reference: unknown): Schema {
  return (reference as { [SCHEMA]: Schema })[SCHEMA]
}

/**
 * A value of the bundle that is not known yet. In a template string, as a field's value, or spread into a mapping or a
 * list it stands for itself; anything else needs a combinator.
 */
export function reference<T>(schema: Schema, { path, item, optional }: Place): Template<T> {
  const expression: Expression = {
    op: 'value',
    path,
    ...(item === undefined ? {} : { item }),
    type: typeOf(schema),
    ...(optional ? { optional: true as const } : {}),
    ...(isOneLine(schema) ? { oneLine: true as const } : {}),
  }
  const token = () => tokenOf(expression)
  const spread = () => tokenOf({ op: 'spread', of: expression })
  const handler: ProxyHandler<object> = {
    get(_, key) {
      if (key === SCHEMA) return schema
      if (key === 'toJSON' || key === Symbol.toPrimitive || key === 'toString') return token
      if (key === Symbol.iterator && expression.type === 'list') return () => [spread()][Symbol.iterator]()
      if (typeof key === 'symbol') return undefined
      const child = schema.properties?.[key]
      const name = path.join('.')
      if (child === undefined) throw new TypeError(`${name || 'the values'} (${expression.type}) has no ${key}`)
      const absent = !(schema.required ?? []).includes(key)
      return reference(child, { path: [...path, key], ...(item === undefined ? {} : { item }), optional: absent })
    },
    ownKeys: () => [spread()],
    getOwnPropertyDescriptor: (_, key) =>
      key === spread() ? { configurable: true, enumerable: true, value: null } : undefined,
  }
  // A spread reads the member that ownKeys names.
  return new Proxy(
    {},
    { ...handler, get: (target, key) => (key === spread() ? null : handler.get?.(target, key, target)) },
  ) as Template<T>
}
