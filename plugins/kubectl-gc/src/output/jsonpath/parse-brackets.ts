import { parsePath } from './parse-action.ts'
import type { Scanner } from './scanner.ts'
import { type Filter, JsonPathError, type Slice, type Step } from './template.ts'

/** Reads what follows `[`, to its `]`: positions, quoted names, or several of them. */
export function parseBrackets(scanner: Scanner): Step[] {
  const text = scanner.until(']')
  if (!scanner.take(']') || text.includes('\n')) throw new JsonPathError('unterminated array')
  return parseInner(text)
}

function parseInner(text: string): Step[] {
  const members = text.split(',')
  if (members.length > 1) return [{ type: 'union', paths: members.map((member) => parseInner(member.trim())) }]
  const [, key] = /^'([^']*)'$/.exec(text) ?? []
  return key === undefined ? [parseSlice(text === '*' ? ':' : text)] : parsePath(`.${key}`)
}

function parseSlice(text: string): Slice {
  const [, from, to, by] = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text) ?? []
  if (from === undefined) throw new JsonPathError(`invalid array index ${text}`)
  const first = position(from)
  const single = to === undefined
  return {
    type: 'slice',
    from: first,
    to: single ? (first ?? 0) + 1 : position(to.slice(1)),
    by: position(by?.slice(1) ?? ''),
    single,
  }
}

function position(text: string): number | undefined {
  if (text === '') return undefined
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new JsonPathError(`invalid array index ${text}`)
}

/** Reads what follows `[?(`, to its `)]`. One text in quotes may stand in it, and brackets in that. */
export function parseFilter(scanner: Scanner): Filter {
  const start = scanner.position
  while (scanner.peek !== ')') {
    if (scanner.peek === '' || scanner.peek === '\n') throw new JsonPathError('unterminated filter')
    if (scanner.peek === '"' || scanner.peek === "'") scanner.quoted()
    else scanner.position += 1
  }
  const text = scanner.text.slice(start, scanner.position)
  if (!scanner.take(')]')) throw new JsonPathError('unclosed array expect ]')
  const [, left, operator, right] = /^([^!<>=]+)([!<>=]+)(.+)$/.exec(text) ?? []
  if (left === undefined || operator === undefined || right === undefined) {
    return { type: 'filter', left: parsePath(text), compare: undefined }
  }
  return { type: 'filter', left: parsePath(left), compare: { operator, right: parsePath(right) } }
}
