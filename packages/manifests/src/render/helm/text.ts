import { memberIn, partsOf } from '../../template/expression.ts'
import { type Context, condition, pipeline } from './pipeline.ts'
import { escapeTemplate } from './scalar.ts'

/** Text for people: values as they are. */
export function emitText(lines: unknown[], context: Context): string[] {
  return lines.flatMap((line) => {
    const member = memberIn(line)
    if (member?.op === 'if') {
      return [
        `{{- if ${condition(member.when, context)} }}`,
        ...emitText(member.body as unknown[], context),
        '{{- end }}',
      ]
    }
    const parts = partsOf(String(line))
    return [
      parts
        .map((part) => (typeof part === 'string' ? escapeTemplate(part) : `{{ ${pipeline(part, context)} }}`))
        .join(''),
    ]
  })
}
