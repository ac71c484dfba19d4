import { chartName, fullname, type ReleaseFacts } from '../release.ts'
import { checksumOf } from './checksum.ts'
import { type Expression, expressionIn, type Member, memberIn, partsOf } from './expression.ts'
import { presenceOf } from './presence.ts'

/** What expressions are evaluated with. */
export interface Scope {
  values: object
  release: ReleaseFacts
  items?: Record<string, { key: string; value: unknown }>
}

const OMITTED = Symbol('omitted')

/** Whether Helm takes a value for false. */
export function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return !value
}

/** The template with every expression replaced by what it comes to. */
export function evaluate(node: unknown, scope: Scope): unknown {
  if (typeof node === 'string') return text(node, scope)
  if (Array.isArray(node)) return list(node, scope)
  return typeof node === 'object' && node !== null ? mapping(node as Record<string, unknown>, scope) : node
}

function text(node: string, scope: Scope): unknown {
  const expression = expressionIn(node)
  if (expression !== undefined) return resolve(expression, scope)
  return partsOf(node)
    .map((part) => (typeof part === 'string' ? part : String(resolve(part, scope))))
    .join('')
}

function list(nodes: unknown[], scope: Scope): unknown[] {
  return nodes.flatMap((node) => {
    const member = memberIn(node)
    if (member !== undefined) return membersOf(member, scope) as unknown[]
    const value = field(node, scope)
    return value === OMITTED ? [] : [value]
  })
}

function mapping(node: Record<string, unknown>, scope: Scope): Record<string, unknown> {
  const fields = Object.entries(node).map(([key, value]) => {
    const member = memberIn(key)
    if (member !== undefined) return membersOf(member, scope) as Record<string, unknown>
    const evaluated = field(value, scope)
    return evaluated === OMITTED ? {} : { [String(text(key, scope))]: evaluated }
  })
  return Object.assign({}, ...fields)
}

/** A field is left out when its value is optional and absent, an empty collection, or a list without members left. */
function field(node: unknown, scope: Scope): unknown {
  const value = evaluate(node, scope)
  const presence = presenceOf(node)
  return presence === 'always' || presence.some((one) => !isEmpty(resolve(one, scope))) ? value : OMITTED
}

function membersOf(member: Member, scope: Scope): unknown {
  if (member.op === 'spread') return resolve(member.of, scope) ?? {}
  if (member.op === 'named') return evaluate(member.body, scope)
  if (member.op === 'if') {
    if (!isEmpty(resolve(member.when, scope))) return evaluate(member.body, scope)
    return Array.isArray(member.body) ? [] : {}
  }
  const rounds = entriesOf(resolve(member.in, scope)).map(([key, value]) =>
    evaluate(member.body, { ...scope, items: { ...scope.items, [member.item]: { key, value } } }),
  )
  return Array.isArray(member.body) ? rounds.flat() : Object.assign({}, ...rounds)
}

/** In the order in which Helm goes over them. */
function entriesOf(collection: unknown): [string, unknown][] {
  const entries = Object.entries(collection ?? {})
  return Array.isArray(collection) ? entries : entries.sort(([a], [b]) => (a < b ? -1 : 1))
}

function resolve(expression: Expression, scope: Scope): unknown {
  switch (expression.op) {
    case 'value': {
      const root = expression.item === undefined ? scope.values : scope.items?.[expression.item]?.value
      return expression.path.reduce((at: unknown, key) => (at as Record<string, unknown> | undefined)?.[key], root)
    }
    case 'key':
      return scope.items?.[expression.item]?.key
    case 'release':
      if (expression.field === 'chartName') return chartName(scope.release, scope.values)
      return expression.field === 'fullname' ? fullname(scope.release, scope.values) : scope.release[expression.field]
    case 'required':
      return scope.release.require(expression, resolve(expression.of, scope))
    case 'text':
      return String(resolve(expression.of, scope))
    case 'base64':
      return Buffer.from(String(resolve(expression.of, scope))).toString('base64')
    case 'checksum':
      return checksumOf(expression.of.map((one) => resolve(one, scope)))
    case 'choose':
      return evaluate(isEmpty(resolve(expression.when, scope)) ? expression.otherwise : expression.body, scope)
    case 'custom':
      return evaluate(expression.value, scope)
    case 'given':
      return resolve(expression.of, scope) != null
    case 'not':
      return isEmpty(resolve(expression.of, scope))
    case 'all':
      return expression.of.every((one) => !isEmpty(resolve(one, scope)))
    case 'any':
      return expression.of.some((one) => !isEmpty(resolve(one, scope)))
    case 'equals':
      return resolve(expression.of, scope) === expression.to
    default:
      throw new TypeError(`members (${expression.op}) stand where one value belongs; spread them`)
  }
}
