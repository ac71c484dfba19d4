import { type Expression, expressionIn, type Member, memberIn } from './expression.ts'

/** When something is there: always, or when any of these holds. */
export type Presence = 'always' | Expression[]

type Value = Extract<Expression, { op: 'value' }>

/** Whether a field with this value is left out when the value is absent or empty. */
export function isOmittable(expression: Expression | undefined): expression is Value {
  if (expression?.op !== 'value') return false
  return expression.optional === true || expression.type === 'list' || expression.type === 'map'
}

/** Whether an optional value is asked for being there, because its zero means something. */
export function isNumeric({ type }: Value): boolean {
  return type === 'boolean' || type === 'integer' || type === 'number'
}

/** When a field with this value, or a list's element, is there. A mapping always is: an empty one means something. */
export function presenceOf(value: unknown): Presence {
  const expression = expressionIn(value)
  if (isOmittable(expression)) return [isNumeric(expression) ? { op: 'given', of: expression } : expression]
  return Array.isArray(value) && value.length > 0 ? membersPresence(value) : 'always'
}

/** When a mapping or a list has any members. */
export function membersPresence(node: object): Presence {
  const members = Array.isArray(node)
    ? node.map((item) => [memberIn(item), item] as const)
    : Object.entries(node).map(([key, value]) => [memberIn(key), value] as const)
  return anyOf(members.map(([member, value]) => (member === undefined ? presenceOf(value) : memberPresence(member))))
}

function memberPresence(member: Member): Presence {
  if (member.op === 'spread') return [member.of]
  const body = membersPresence(member.body as object)
  if (member.op === 'named') return body
  if (member.op === 'each') {
    if (body === 'always') return [member.in]
    throw new TypeError(
      `it cannot be told whether the loop over ${member.item} leaves anything: say it outside, with when`,
    )
  }
  return body === 'always' ? [member.when] : [{ op: 'all', of: [member.when, { op: 'any', of: body }] }]
}

function anyOf(presences: Presence[]): Presence {
  if (presences.includes('always')) return 'always'
  const conditions = presences.flatMap((presence) => (presence === 'always' ? [] : presence))
  return [...new Map(conditions.map((one) => [JSON.stringify(one), one])).values()]
}
