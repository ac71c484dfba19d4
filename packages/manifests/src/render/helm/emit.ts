import { type Expression, expressionIn, type Member, memberIn, partsOf } from '../../template/expression.ts'
import { isNumeric, isOmittable, membersPresence, type Presence } from '../../template/presence.ts'
import { type Context, condition, operand, text } from './pipeline.ts'
import { goString, keyText } from './scalar.ts'
import { scalar } from './scalar-field.ts'

const indented = (lines: string[], by = 2) => lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line))

/** Lines of a chart's template for the members of a mapping or a list, as they stand `depth` columns in. */
export function emit(node: object, depth: number, context: Context): string[] {
  if (Array.isArray(node)) return node.flatMap((item) => element(item, depth, context))
  return Object.entries(node).flatMap(([key, value]) => {
    const member = memberIn(key)
    return member === undefined ? field(key, value, depth, context) : membersOf(member, depth, context)
  })
}

function field(key: string, value: unknown, depth: number, context: Context): string[] {
  const name = keyOf(key, context)
  const expression = expressionIn(value)
  if (isOmittable(expression)) return optional(`${name}:`, expression, depth, context)
  if (expression !== undefined && isTree(expression)) return [`${name}:`, tree(expression, depth + 2, context)]
  if (typeof value !== 'object' || value === null) return scalar(`${name}:`, value, context)
  if (Object.keys(value).length === 0) return [`${name}: ${Array.isArray(value) ? '[]' : '{}'}`]
  const lines = [`${name}:`, ...indented(emit(value, depth + 2, context))]
  return ifAny(membersPresence(value), lines, Array.isArray(value) ? [] : [`${name}: {}`], context)
}

function element(value: unknown, depth: number, context: Context): string[] {
  const member = memberIn(value)
  if (member !== undefined) return membersOf(member, depth, context)
  const expression = expressionIn(value)
  if (isOmittable(expression)) return optional('-', expression, depth, context)
  if (expression !== undefined && isTree(expression)) return ['-', tree(expression, depth + 2, context)]
  if (typeof value !== 'object' || value === null) return scalar('-', value, context)
  if (Object.keys(value).length === 0) return [`- ${Array.isArray(value) ? '[]' : '{}'}`]
  const lines = indented(emit(value, depth + 2, context))
  const presence = membersPresence(value)
  if (presence !== 'always') return ifAny(presence, ['-', ...lines], Array.isArray(value) ? [] : ['- {}'], context)
  const [first = '', ...rest] = lines
  // A directive cannot share the line of the dash: its white space is trimmed away.
  return first.startsWith('  {{-') ? ['-', ...lines] : [`- ${first.slice(2)}`, ...rest]
}

function keyOf(key: string, context: Context): string {
  const parts = partsOf(key)
  if (parts.every((part) => typeof part === 'string')) return keyText(key)
  return `{{ ${text(key, context).replace(/^\((.*)\)$/, '$1')} | quote }}`
}

/** Whether a value is more than one scalar. */
function isTree(expression: Expression): boolean {
  if (expression.op === 'required') return isTree(expression.of)
  return expression.op === 'value' && ['list', 'map', 'object'].includes(expression.type)
}

function tree(expression: Expression, depth: number, context: Context): string {
  return `  {{- toYaml ${operand(expression, context)} | nindent ${depth} }}`
}

/** One that is left out when it is absent or empty. */
function optional(
  head: string,
  expression: Extract<Expression, { op: 'value' }>,
  depth: number,
  context: Context,
): string[] {
  const { type } = expression
  const value = condition(expression, context)
  if (isNumeric(expression)) {
    return [`{{- if not (kindIs "invalid" ${value}) }}`, ...scalar(head, null, context, expression), '{{- end }}']
  }
  const lines = ['list', 'map', 'object'].includes(type)
    ? [head, `  {{- toYaml . | nindent ${depth + 2} }}`]
    : [`${head} {{ . | ${type === 'any' ? 'toJson' : 'quote'} }}`]
  return [`{{- with ${value} }}`, ...lines, '{{- end }}']
}

function membersOf(member: Member, depth: number, context: Context): string[] {
  switch (member.op) {
    case 'if':
      return [
        `{{- if ${condition(member.when, context)} }}`,
        ...emit(member.body as object, depth, context),
        '{{- end }}',
      ]
    case 'each': {
      const item = `$${member.item}`
      const variables = usesKey(member) ? `${item}Key, ${item}` : item
      const inside: Context = { ...context, root: '$' }
      return [
        `{{- range ${variables} := ${operand(member.in, context)} }}`,
        ...emit(member.body as object, depth, inside),
        '{{- end }}',
      ]
    }
    case 'spread': {
      const value = operand(member.of, context)
      return [`{{- with ${value} }}`, piped('toYaml .', depth), '{{- end }}']
    }
    case 'named':
      return [piped(`include ${goString(`${context.chart}.${member.name}`)} ${context.root}`, depth)]
  }
}

/** Several lines of what a template comes to, `depth` columns in. */
const piped = (call: string, depth: number) => (depth === 0 ? `{{ ${call} }}` : `{{- ${call} | nindent ${depth} }}`)

/** Whether the body names the element's key, however deep. */
const usesKey = ({ body }: { body: unknown }) => /"op\\*":\\*"key/.test(JSON.stringify(body))

/** These lines where any of their members is there, else the others. */
function ifAny(presence: Presence, lines: string[], otherwise: string[], context: Context): string[] {
  if (presence === 'always') return lines
  const any = presence.length === 1 ? presence[0] : ({ op: 'any', of: presence } as const)
  if (any === undefined) return lines
  const alternative = otherwise.length === 0 ? [] : ['{{- else }}', ...otherwise]
  return [`{{- if ${condition(any, context)} }}`, ...lines, ...alternative, '{{- end }}']
}
