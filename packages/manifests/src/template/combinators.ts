import { type Expression, expressionOf, plain, tokenOf } from './expression.ts'
import { reference, type Schema, schemaOf, type Template } from './reference.ts'

/** Something that is true or false when a bundle is installed: a value of the bundle, or what a combinator made of some. */
export type Condition = unknown

function members<T extends object>(expression: Expression, like: T): T {
  const token = tokenOf(expression)
  return (Array.isArray(like) ? [token] : { [token]: null }) as T
}

/**
 * Members that are there only under a condition: `...when(values.mail.enabled, { mail: … })`, or a list in a list.
 * A value counts as false as Helm has it: false, 0, empty or absent.
 */
export function when<T extends object>(condition: Condition, then: T): T {
  return members({ op: 'if', when: expressionOf(condition), body: plain(then) }, then)
}

/** One value or the other. */
export function choose<T>(condition: Condition, then: T, otherwise: T): T {
  return tokenOf({
    op: 'choose',
    when: expressionOf(condition),
    body: plain({ then }).then,
    otherwise: plain({ otherwise }).otherwise,
  }) as T
}

export function not(condition: Condition): Condition {
  return tokenOf({ op: 'not', of: expressionOf(condition) })
}

export function all(...conditions: Condition[]): Condition {
  return tokenOf({ op: 'all', of: conditions.map(expressionOf) })
}

export function any(...conditions: Condition[]): Condition {
  return tokenOf({ op: 'any', of: conditions.map(expressionOf) })
}

export function equals<T extends string | number | boolean>(value: T, to: T): Condition {
  return tokenOf({ op: 'equals', of: expressionOf(value), to })
}

type Items<T> = T extends readonly (infer Item)[] ? Item : T extends Record<string, infer Item> ? Item : never

/**
 * Members for each element of a list, or of a map by its sorted keys. `name` is what the chart calls the element.
 * The body returns a list, to spread into a list, or an object, to spread into a mapping.
 */
export function each<T extends object, R extends object>(
  collection: T,
  name: string,
  body: (item: Items<T>, key: string) => R,
): R {
  const { items, additionalProperties } = schemaOf(collection)
  const schema: Schema = items ?? (typeof additionalProperties === 'object' ? additionalProperties : {})
  const item = reference(schema, { path: [], item: name }) as Items<T>
  const then = body(item, tokenOf({ op: 'key', item: name }))
  return members({ op: 'each', in: expressionOf(collection), item: name, body: plain(then) }, then)
}

/** A value that has an empty default because it must be given. */
export function required<T>(value: Template<T>, message: string): Template<T> {
  return tokenOf({ op: 'required', of: expressionOf(value), message }) as Template<T>
}

/** A number or a boolean as text, for fields that take nothing else, such as those of a ConfigMap. */
export function text(value: number | boolean): string {
  return tokenOf({ op: 'text', of: expressionOf(value) })
}

/** Base64 of a text's UTF-8, as `data` of a Secret has it. */
export function base64(value: string): string {
  return tokenOf({ op: 'base64', of: expressionOf(value) })
}

/** SHA-256 of values, for an annotation that rolls a workload's pods when its configuration changes. */
export function checksum(...values: unknown[]): string {
  return tokenOf({ op: 'checksum', of: values.map(expressionOf) })
}

/**
 * What only Helm can know, such as a `lookup`: a pipeline of a Go template without its braces, and the value that
 * stands in its place in the other forms. A text is quoted.
 */
export function custom<T>(helm: string, value: T): T {
  return tokenOf({ op: 'custom', helm, value: plain({ value }).value }) as T
}

/** Fields that the chart defines once, as the template `CHART.name` in its helpers. To be spread into a mapping. */
export function named<T extends object>(name: string, fields: T): T {
  return members({ op: 'named', name, body: plain(fields) as Record<string, unknown> }, fields)
}
