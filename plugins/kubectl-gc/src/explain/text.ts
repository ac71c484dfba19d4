import { type Schema, typeName, within } from './schema.ts'
import type { Subject } from './subject.ts'

/** A field as `kubectl explain` would tell of it. */
export function explanation({ kind, version }: Subject, path: readonly string[], field: Schema, all: boolean): string {
  const head = [`KIND:       ${kind}`, ...(version === undefined ? [] : [`VERSION:    ${version}`]), '']
  const what = path.length > 1 ? [`FIELD: ${path.at(-1)} <${typeName(field)}>`, ...options(field), ''] : []
  const about = field.description ?? within(field).description ?? '<empty>'
  const facts = field.default === undefined ? [] : [`    Default: ${JSON.stringify(field.default)}`]
  const rows = fields(field, all, 1)
  const below = rows.length === 0 ? [] : ['', 'FIELDS:', ...rows]
  return [...head, ...what, 'DESCRIPTION:', ...indented(about), ...facts, ...below, ''].join('\n')
}

function options({ enum: values }: Schema): string[] {
  return values === undefined ? [] : ['ENUM:', ...values.map((value) => `    ${String(value)}`)]
}

function fields(schema: Schema, all: boolean, depth: number): string[] {
  const { properties = {}, required = [] } = within(schema)
  return Object.entries(properties).flatMap(([name, field]) => {
    const must = required.includes(name) && field.default === undefined ? ' -required-' : ''
    const line = `${'  '.repeat(depth)}${name}\t<${typeName(field)}>${must}`
    if (all) return [line, ...fields(field, all, depth + 1)]
    return [line, ...indented(field.description ?? within(field).description ?? '<empty>'), '']
  })
}

/** Lines of at most 80 columns. */
function indented(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > 80) lines.push(`    ${word}`)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}
