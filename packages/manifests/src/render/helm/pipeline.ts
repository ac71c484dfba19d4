import { type Expression, expressionIn, partsOf } from '../../template/expression.ts'
import { goString } from './scalar.ts'

/** Where a pipeline stands: inside a loop the dot is the element, and the chart's own things are reached by `$`. */
export interface Context {
  chart: string
  /** `.`, or `$` inside a loop. */
  root: '.' | '$'
}

const at = (root: string, path: string[]) => `${root === '.' ? '' : root}.${path.join('.')}`

/** Keys that a Go template cannot name after a dot are looked up. */
function pathTo(start: string, root: string, path: string[]): string {
  if (path.every((key) => /^\w+$/.test(key))) return start === '' ? at(root, path) : [start, ...path].join('.')
  return `(index ${start || root} ${path.map(goString).join(' ')})`
}

/** The pipeline that comes to an expression's value, as an operand: in parentheses where it has several words. */
export function operand(expression: Expression, context: Context): string {
  const text = pipeline(expression, context)
  return /^[^\s()]+$|^"[^"]*"$/.test(text) ? text : `(${text})`
}

export function pipeline(expression: Expression, context: Context): string {
  const { chart, root } = context
  switch (expression.op) {
    case 'value': {
      const text =
        expression.item === undefined
          ? pathTo('', root, ['Values', ...expression.path])
          : pathTo(`$${expression.item}`, root, expression.path)
      return expression.type === 'integer' ? `int ${text}` : text
    }
    case 'key':
      return `$${expression.item}Key`
    case 'release':
      if (expression.field === 'name' || expression.field === 'namespace') {
        return at(root, ['Release', expression.field === 'name' ? 'Name' : 'Namespace'])
      }
      return `include ${goString(`${chart}.${expression.field === 'fullname' ? 'fullname' : 'name'}`)} ${root}`
    case 'required':
      return `required ${goString(expression.message)} ${operand(expression.of, context)}`
    case 'text':
      return pipeline(expression.of, context)
    case 'base64':
      return `${operand(expression.of, context)} | b64enc`
    case 'checksum':
      return `list ${expression.of.map((one) => operand(one, context)).join(' ')} | toJson | sha256sum`
    case 'choose':
      return `ternary ${constant(expression.body, context)} ${constant(expression.otherwise, context)} (not (empty ${operand(expression.when, context)}))`
    case 'custom':
      return expression.helm
    case 'given':
      return `not (kindIs "invalid" ${condition(expression.of, context)})`
    case 'not':
      return `not ${operand(expression.of, context)}`
    case 'all':
      return `and ${expression.of.map((one) => operand(one, context)).join(' ')}`
    case 'any':
      return `or ${expression.of.map((one) => operand(one, context)).join(' ')}`
    case 'equals': {
      const to = typeof expression.to === 'string' ? goString(expression.to) : String(expression.to)
      return `eq ${operand(expression.of, context)} ${to}`
    }
    default:
      throw new TypeError(`members (${expression.op}) stand where one value belongs; spread them`)
  }
}

/** What a conditional asks of a value: integers as they are, where zero is false anyway. */
export function condition(expression: Expression, context: Context): string {
  return pipeline(expression, context).replace(/^int (?=\S+$)/, '')
}

function constant(value: unknown, context: Context): string {
  if (typeof value === 'string') return text(value, context)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new TypeError('only texts, numbers and booleans can be chosen between; put `when` around the field instead')
}

/** The operand for a text that may hold expressions. */
export function text(value: string, context: Context): string {
  const expression = expressionIn(value)
  if (expression !== undefined) return operand(expression, context)
  const parts = partsOf(value)
  const expressions = parts.filter((part) => typeof part !== 'string')
  if (expressions.length === 0) return goString(value)
  const format = parts.map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : '%v')).join('')
  return `(printf ${goString(format)} ${expressions.map((part) => operand(part, context)).join(' ')})`
}

/** Whether an expression is a text, which is quoted where it is a field's value. */
export function isText(expression: Expression): boolean {
  switch (expression.op) {
    case 'value':
      return expression.type === 'string'
    case 'required':
      return isText(expression.of)
    case 'choose':
      return (
        typeof expression.body === 'string' &&
        (expressionIn(expression.body) === undefined || isTextNode(expression.body))
      )
    case 'custom':
      return (
        typeof expression.value === 'string' &&
        (expressionIn(expression.value) === undefined || isTextNode(expression.value))
      )
    case 'key':
    case 'release':
    case 'text':
    case 'base64':
    case 'checksum':
      return true
    default:
      return false
  }
}

function isTextNode(node: unknown): boolean {
  const expression = expressionIn(node)
  return expression !== undefined && isText(expression)
}
