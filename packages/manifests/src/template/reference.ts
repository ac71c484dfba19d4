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
 * list it stands for itself, and an object can be taken apart; anything else needs a combinator.
 */
export function reference<T>(schema: Schema, place: Place): Template<T> {
  const expression = expressionFor(schema, place)
  const { properties } = schema
  const token = () => tokenOf(expression)
  const spread = tokenOf({ op: 'spread', of: expression })
  const keys = properties === undefined ? [spread] : Object.keys(properties)
  const get = (_: object, key: string | symbol) => {
    if (key === SCHEMA) return schema
    if (key === 'toJSON' || key === 'toString') return token
    if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'string' ? token() : refuse(place))
    if (key === Symbol.iterator && expression.type === 'list') return () => [spread][Symbol.iterator]()
    if (typeof key === 'symbol') return undefined
    return key === spread ? null : child(schema, place, key)
  }
  return new Proxy(
    {},
    {
      get,
      ownKeys: () => keys,
      getOwnPropertyDescriptor: (target, key) =>
        keys.includes(String(key)) ? { configurable: true, enumerable: true, value: get(target, key) } : undefined,
    },
  ) as Template<T>
}

function refuse({ path }: Place): never {
  throw new TypeError(`${path.join('.')} is not known yet: nothing can be computed with it, or compared to it`)
}

function expressionFor(schema: Schema, { path, item, optional }: Place): Extract<Expression, { op: 'value' }> {
  return {
    op: 'value',
    path,
    ...(item === undefined ? {} : { item }),
    type: typeOf(schema),
    ...(optional ? { optional: true } : {}),
    ...(isOneLine(schema) ? { oneLine: true } : {}),
  }
}

function child({ properties, required = [] }: Schema, { path, item }: Place, key: string): unknown {
  const schema = properties?.[key]
  if (schema === undefined) throw new TypeError(`${path.join('.') || 'the bundle'} has no value ${key}`)
  const within = item === undefined ? {} : { item }
  return reference(schema, { path: [...path, key], ...within, optional: !required.includes(key) })
}
