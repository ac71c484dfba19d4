import { type Filter, JsonPathError, type Step } from './template.ts'

/** Whether an element passes a filter. @param find what a path finds in the element */
export function passes({ left, compare }: Filter, find: (path: Step[]) => unknown[]): boolean {
  if (compare === undefined) return exists(() => find(left))
  const one = single(find(left))
  const other = one === undefined ? undefined : single(find(compare.right))
  return one !== undefined && other !== undefined && holds(compare.operator, one.value, other.value)
}

/** A path that cannot be followed finds nothing. */
function exists(find: () => unknown[]): boolean {
  try {
    return find().length > 0
  } catch (error) {
    if (error instanceof JsonPathError) return false
    throw error
  }
}

function single(values: unknown[]): { value: unknown } | undefined {
  if (values.length > 1) throw new JsonPathError('can only compare one element at a time')
  return values.length === 0 ? undefined : { value: values[0] }
}

function holds(operator: string, left: unknown, right: unknown): boolean {
  const kind = kindOf(left)
  if (kind === undefined || kindOf(right) === undefined) throw new JsonPathError('invalid type for comparison')
  if (kind !== kindOf(right)) throw new JsonPathError('incompatible types for comparison')
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  if (kind === 'boolean') throw new JsonPathError('invalid type for comparison')
  return order(operator, left as number | string, right as number | string)
}

function order(operator: string, left: number | string, right: number | string): boolean {
  switch (operator) {
    case '<':
      return left < right
    case '>':
      return left > right
    case '<=':
      return left <= right
    case '>=':
      return left >= right
    default:
      throw new JsonPathError(`unrecognized filter operator ${operator}`)
  }
}

/** Values compare within their kind. Whole numbers are one, others another. */
function kindOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float'
  return typeof value === 'string' || typeof value === 'boolean' ? typeof value : undefined
}
