import { type Expression, partsOf } from './expression.ts'

/** Every expression of a template, also those inside others. */
export function expressionsIn(node: unknown): Expression[] {
  if (typeof node === 'string') return partsOf(node).flatMap((part) => (typeof part === 'string' ? [] : inside(part)))
  if (Array.isArray(node)) return node.flatMap(expressionsIn)
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => [...expressionsIn(key), ...expressionsIn(value)])
}

function inside(expression: Expression): Expression[] {
  const {
    of,
    when,
    in: collection,
  } = expression as { of?: Expression | Expression[]; when?: Expression; in?: Expression }
  const parts = [of ?? [], when ?? [], collection ?? []].flat()
  const { body, otherwise, value } = expression as { body?: unknown; otherwise?: unknown; value?: unknown }
  return [expression, ...parts.flatMap(inside), ...[body, otherwise, value].flatMap(expressionsIn)]
}

/** The values that a template asks for, each by its path from the top. */
export function valuesIn(node: unknown): string[][] {
  const found = expressionsIn(node).flatMap((one) => (one.op === 'value' && one.item === undefined ? [one.path] : []))
  return [...new Map(found.map((path) => [path.join('.'), path])).values()]
}

/** The fields that a template shares with others, by name. */
export function namedIn(node: unknown): Map<string, Record<string, unknown>> {
  return new Map(expressionsIn(node).flatMap((one) => (one.op === 'named' ? [[one.name, one.body] as const] : [])))
}
