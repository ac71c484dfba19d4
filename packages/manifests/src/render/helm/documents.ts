import { memberIn } from '../../template/expression.ts'
import { emit } from './emit.ts'
import { type Context, condition, operand } from './pipeline.ts'

/** A chart's template for the objects of one file. */
export function template(contents: unknown, context: Context): string {
  const items = Array.isArray(contents) ? contents : [contents]
  const lines = documents(items, context)
  return `${(lines[0] === '---' ? lines.slice(1) : lines).join('\n')}\n`
}

function documents(items: unknown[], context: Context): string[] {
  return items.flatMap((item) => {
    const member = memberIn(item)
    if (member === undefined) return ['---', ...emit(item as object, 0, context)]
    const inside = 'body' in member && Array.isArray(member.body) ? member.body : []
    if (member.op === 'if')
      return [`{{- if ${condition(member.when, context)} }}`, ...documents(inside, context), '{{- end }}']
    if (member.op !== 'each') throw new TypeError(`a file holds objects, not ${member.op}`)
    const within: Context = { ...context, root: '$' }
    return [
      `{{- range $${member.item}Key, $${member.item} := ${operand(member.in, context)} }}`,
      ...documents(inside, within),
      '{{- end }}',
    ]
  })
}
