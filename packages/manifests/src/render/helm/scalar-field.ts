import { type Expression, expressionIn, partsOf } from '../../template/expression.ts'
import { type Context, isText, pipeline, text } from './pipeline.ts'
import { scalarLines } from './scalar.ts'

/** Lines of a field or a list's element, after its `key:` or `-`, with a value that is a text, a number or the like. */
export function scalar(head: string, value: unknown, context: Context, expression = expressionIn(value)): string[] {
  if (expression !== undefined) {
    const any = expression.op === 'value' && expression.type === 'any'
    const filter = any ? ' | toJson' : isText(expression) ? ' | quote' : ''
    return [`${head} {{ ${pipeline(expression, context)}${filter} }}`]
  }
  if (typeof value !== 'string' || partsOf(value).every((part) => typeof part === 'string')) {
    const [first = '', ...rest] = scalarLines(value)
    return [`${head} ${first}`, ...rest.map(indented)]
  }
  if (value.includes('\n')) return block(head, value, context)
  return [`${head} {{ ${text(value, context).slice(1, -1)} | quote }}`]
}

/** A text of several lines with values in it, none of which may have line ends: they would end the block. */
function block(head: string, value: string, context: Context): string[] {
  const parts = partsOf(value)
  const outline = parts.map((part, index) => (typeof part === 'string' ? part : `\uE002${index}\uE003`)).join('')
  const [first = '', ...lines] = scalarLines(outline)
  // An empty value at the beginning would leave it to the second line how far the block is indented.
  const isBlock =
    first.startsWith('|') && parts.every((part, index) => typeof part === 'string' || (index > 0 && isOneLine(part)))
  if (!isBlock) return [`${head} {{ ${text(value, context).slice(1, -1)} | quote }}`]
  const fill = (_: string, index: string) => `{{ ${pipeline(parts[Number(index)] as Expression, context)} }}`
  return [`${head} ${first}`, ...lines.map((line) => indented(line.replace(/\uE002(\d+)\uE003/g, fill)))]
}

function isOneLine(expression: Expression): boolean {
  if (expression.op === 'required') return isOneLine(expression.of)
  return expression.op === 'release' || (expression.op === 'value' && expression.oneLine === true)
}

const indented = (line: string) => (line === '' ? '' : `  ${line}`)
