import { parseBrackets, parseFilter } from './parse-brackets.ts'
import { Scanner } from './scanner.ts'
import { JsonPathError, type Step } from './template.ts'
import { unquote } from './unquote.ts'

/** What stands between two braces. */
export interface Action {
  keyword: 'range' | 'end' | undefined
  path: Step[]
}

/** Reads an action to its closing brace. @throws {JsonPathError} */
export function parseAction(scanner: Scanner): Action {
  const action: Action = { keyword: undefined, path: [] }
  while (!scanner.take('}')) {
    const { peek } = scanner
    if (peek === '' || peek === '\n' || peek === '\r') throw new JsonPathError('unclosed action')
    if (/[\p{L}\p{N}_]/u.test(peek) && !/\d/.test(peek)) parseWord(scanner, action)
    else action.path.push(...parseSteps(scanner, action.path))
  }
  return action
}

/** Reads a path that stands by itself, as in a filter. */
export function parsePath(text: string): Step[] {
  const { keyword, path } = parseAction(new Scanner(`${text}}`))
  if (keyword === undefined) return path
  throw new JsonPathError(`unrecognized identifier ${keyword}`)
}

function parseWord(scanner: Scanner, action: Action): void {
  const word = scanner.name()
  if (word === 'true' || word === 'false') action.path.push({ type: 'constant', value: word === 'true' })
  else if ((word === 'range' || word === 'end') && action.path.length === 0 && action.keyword === undefined)
    action.keyword = word
  else throw new JsonPathError(`unrecognized identifier ${word}`)
}

/** The steps that begin here: none for what only divides them. */
function parseSteps(scanner: Scanner, before: Step[]): Step[] {
  if (scanner.take('[?(')) return [parseFilter(scanner)]
  if (scanner.take('..')) return parseRecursive(scanner, before)
  const { peek } = scanner
  if (peek === ' ' || peek === '@' || peek === '$') {
    scanner.position += 1
    return []
  }
  if (scanner.take('[')) return parseBrackets(scanner)
  if (peek === '"' || peek === "'") return [{ type: 'literal', value: unquote(scanner.quoted()) }]
  if (scanner.take('.')) return [parseField(scanner)]
  const number = scanner.match(/[+-]?[\d.]*/y)
  if (number) return [{ type: 'constant', value: numberOf(number) }]
  throw new JsonPathError(`unrecognized character in action: ${describe(scanner)}`)
}

function parseField(scanner: Scanner): Step {
  const name = scanner.name()
  return name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') }
}

function parseRecursive(scanner: Scanner, before: Step[]): Step[] {
  if (before.at(-1)?.type === 'recursive') throw new JsonPathError('invalid multiple recursive descent')
  const step: Step = { type: 'recursive' }
  return /[\p{L}\p{N}_]/u.test(scanner.peek) ? [step, parseField(scanner)] : [step]
}

function numberOf(text: string): number {
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return Number(text)
  throw new JsonPathError(`cannot parse number ${text}`)
}

/** A character as Go names it: U+002A '*'. */
function describe({ text, position }: Scanner): string {
  const code = text.codePointAt(position) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`
}
