import { UsageError } from '../errors/usage.ts'
import { type JsonPath, relaxedJsonPath } from './jsonpath/jsonpath.ts'
import { goText } from './jsonpath/print.ts'
import { table } from './table.ts'

/** A column that the user has defined. */
export interface CustomColumn {
  header: string
  path: JsonPath
}

const example = 'kubectl gc list --output custom-columns=NAME:.metadata.name,PHASE:.status.phase'

/** Reads `HEADER:PATH,HEADER:PATH`. @throws {UsageError} it is not that, or a path is none */
export function parseColumns(spec: string): CustomColumn[] {
  if (spec === '') throw new UsageError('custom-columns format specified but no custom columns given', example)
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':')
    if (colon === -1) {
      throw new UsageError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`, example)
    }
    return { header: part.slice(0, colon), path: relaxedJsonPath(part.slice(colon + 1)) }
  })
}

/** Reads a file of two lines, headers above paths, each divided by spaces. @throws {UsageError} it is not that */
export function parseColumnsFile(text: string): CustomColumn[] {
  const [headers = [], paths = []] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
  if (headers.join('') === '' || paths.length === 0) throw new UsageError('no columns specified', example)
  if (headers.length !== paths.length) {
    throw new UsageError(`number of headers (${headers.length}) and field specifications (${paths.length}) don't match`)
  }
  return headers.map((header, index) => ({ header, path: relaxedJsonPath(paths[index] ?? '') }))
}

/** Objects as a table of these columns. What an object lacks is `<none>`. */
export function customTable(columns: CustomColumn[], objects: unknown[], withHeaders: boolean): string {
  const rows = objects.map((object) => columns.map(({ path }) => cell(path.find(object))))
  const headers = columns.map(({ header }) => header)
  return table(headers, rows, { withHeaders, leastWidth: 3 })
}

function cell(found: unknown[][]): string {
  const values = found.flat()
  return values.length === 0 ? '<none>' : printable(values.map((value) => goText(value)).join(','))
}

/** Without what would move a terminal's cursor. */
function printable(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, (one) => (one === '\n' ? '\\n' : one === '\t' ? ' ' : ''))
}
