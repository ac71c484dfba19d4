import { passes } from './compare.ts'
import { JsonPathError, type Part, type Slice, type Step } from './template.ts'

/** Values that JSON can hold, and undefined, which is no value. */
type Json = unknown

/**
 * What each part of a template finds in a document, in order: one list of values for each time that a part is printed.
 * What is not there is no error and finds nothing.
 * @throws {JsonPathError} a position is out of bounds, or something is no list where a list is asked for
 */
export function evaluate(parts: Part[], document: Json): Json[][] {
  return parts.flatMap((part) => {
    const found = follow(part.path, [document])
    return part.type === 'print' ? [found] : found.flatMap((value) => evaluate(part.body, value))
  })
}

function follow(path: Step[], values: Json[]): Json[] {
  return path.reduce((found, step) => walk(step, found), values)
}

function walk(step: Step, values: Json[]): Json[] {
  switch (step.type) {
    case 'literal':
      return [step.value]
    case 'constant':
      return values.map(() => step.value)
    case 'field':
      return values.flatMap((value) => {
        if (!isMap(value) || !Object.hasOwn(value, step.name)) return []
        return value[step.name] === undefined ? [] : [value[step.name]]
      })
    case 'wildcard':
      return values.flatMap(children)
    case 'recursive':
      return values.flatMap(withDescendants)
    case 'union':
      return step.paths.flatMap((path) => follow(path, values))
    case 'slice':
      return sliceAll(step, values)
    case 'filter':
      return values.flatMap((value) => {
        if (!Array.isArray(value))
          throw new JsonPathError(`${kindOf(value)} is not array or slice and cannot be filtered`)
        return value.filter((element) => passes(step, (path) => follow(path, [element])))
      })
  }
}

function isMap(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a value is made of: a text of its bytes. */
function children(value: Json): Json[] {
  if (typeof value === 'string') return [...Buffer.from(value)]
  if (Array.isArray(value)) return value
  if (!isMap(value)) return []
  return Object.keys(value)
    .sort()
    .map((key) => value[key])
    .filter((child) => child !== undefined)
}

/** The value and all below it, but for what is made of nothing. */
function withDescendants(value: Json): Json[] {
  const below = children(value)
  return below.length === 0 ? [] : [value, ...below.flatMap(withDescendants)]
}

/** An empty slice of one value leaves out those of the values after it: kubectl's own rule. */
function sliceAll(slice: Slice, values: Json[]): Json[] {
  const found: Json[] = []
  for (const value of values) {
    if (value === null) continue
    if (!Array.isArray(value)) throw new JsonPathError(`${kindOf(value)} is not array or slice`)
    const part = sliceOf(slice, value)
    if (part === undefined) return found
    found.push(...part)
  }
  return found
}

function sliceOf({ from = 0, to, by = 1, single }: Slice, list: Json[]): Json[] | undefined {
  const { length } = list
  const start = from < 0 ? from + length : from
  const end = to === undefined ? length : to < 0 || (to === 0 && single) ? to + length : to
  if (start === end) return undefined
  const outside = (index: number) => new JsonPathError(`array index out of bounds: index ${index}, length ${length}`)
  if (start >= length || start < 0) throw outside(start)
  if (end > length || end < 0) throw outside(end - 1)
  if (start > end) throw new JsonPathError(`starting index ${start} is greater than ending index ${end}`)
  if (by <= 0) throw new JsonPathError('step must be > 0')
  return list.slice(start, end).filter((_, index) => index % by === 0)
}

function kindOf(value: Json): string {
  return isMap(value) ? 'a map' : value === null ? 'null' : `a ${typeof value}`
}
