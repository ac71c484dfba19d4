/** What a value is, as far as a renderer has to know it. */
export type ValueType = 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'map' | 'object' | 'any'

/** A value that is known only when a bundle is installed. Plain data, so that it can stand inside a string. */
export type Expression =
  /** A value of the bundle, or of the element that the loop variable `item` stands for. */
  | { op: 'value'; path: string[]; item?: string; type: ValueType; optional?: true; oneLine?: true }
  /** The key under which the loop's element is. */
  | { op: 'key'; item: string }
  | { op: 'release'; field: 'name' | 'namespace' | 'chartName' | 'fullname' }
  | { op: 'required'; of: Expression; message: string }
  | { op: 'checksum'; of: Expression[] }
  | { op: 'text' | 'base64'; of: Expression }
  | { op: 'choose'; when: Expression; body: unknown; otherwise: unknown }
  /** A Go template's pipeline, and what it comes to where there is no Helm. */
  | { op: 'custom'; helm: string; value: unknown }
  | { op: 'not'; of: Expression }
  /** Whether a value is there, be it false or zero. */
  | { op: 'given'; of: Expression }
  | { op: 'all' | 'any'; of: Expression[] }
  | { op: 'equals'; of: Expression; to: string | number | boolean }
  /** Members of a mapping, a list or a list of documents. */
  | { op: 'if'; when: Expression; body: unknown }
  | { op: 'each'; in: Expression; item: string; body: unknown }
  | { op: 'spread'; of: Expression }
  | { op: 'named'; name: string; body: Record<string, unknown> }

/** Members stand for none, one or several members of what holds them; any other expression for one value. */
export type Member = Extract<Expression, { op: 'if' | 'each' | 'spread' | 'named' }>

const OPEN = '\uE000'
const CLOSE = '\uE001'

/** The text that stands for an expression: in a string, as a list's element, or as a mapping's key. */
export function tokenOf(expression: Expression): string {
  const json = JSON.stringify(expression).replaceAll(OPEN, '\\ue000').replaceAll(CLOSE, '\\ue001')
  return OPEN + json + CLOSE
}

/** The parts of a text, expressions and what stands between them; a text without any is itself. */
export function partsOf(text: string): (string | Expression)[] {
  if (!text.includes(OPEN)) return [text]
  return text
    .split(/\uE000([^\uE001]*)\uE001/)
    .map((part, index) => (index % 2 === 0 ? part : (JSON.parse(part) as Expression)))
    .filter((part) => part !== '')
}

/** The expression that a node is, where it is nothing else. */
export function expressionIn(node: unknown): Expression | undefined {
  if (typeof node !== 'string' || !node.startsWith(OPEN)) return undefined
  const [first, ...rest] = partsOf(node)
  return rest.length === 0 && typeof first === 'object' ? first : undefined
}

/** The same for one that stands for members of what holds it. */
export function memberIn(node: unknown): Member | undefined {
  const expression = expressionIn(node)
  return expression !== undefined && isMember(expression) ? expression : undefined
}

function isMember(expression: Expression): expression is Member {
  const { op } = expression
  return op === 'if' || op === 'each' || op === 'spread' || op === 'named'
}

/** A template as plain data: references are their tokens, and what is undefined is not there. */
export function plain<T>(template: T): T {
  return JSON.parse(JSON.stringify(template)) as T
}

/**
 * The expression that an argument of a combinator stands for.
 * @throws {TypeError} it is none: a constant needs no combinator
 */
export function expressionOf(argument: unknown): Expression {
  const node = plain({ argument }).argument
  const expression = expressionIn(node)
  if (expression === undefined) throw new TypeError(`${JSON.stringify(node)} is a constant, not a value of the bundle`)
  return expression
}
