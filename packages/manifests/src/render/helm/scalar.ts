import { write } from '../write.ts'

/** Static text with nothing in it that a Go template would take for its own. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}')
}

/** A constant as YAML: what follows `key:` on its line, and the lines of a block below it, not indented. */
export function scalarLines(value: unknown): string[] {
  const [first = '', ...rest] = write({ k: value }).slice(0, -1).split('\n')
  return [first.slice('k: '.length), ...rest.map((line) => line.replace(/^ {2}/, ''))].map(escapeTemplate)
}

const reserved = /^(true|false|null|yes|no|on|off|y|n)$/i

/** A mapping's key as YAML. */
export function keyText(key: string): string {
  if (/^[a-z][\w./-]*$/i.test(key) && !reserved.test(key)) return key
  const [line = ''] = scalarLines({ [key]: 0 }).slice(1)
  return line.slice(0, line.lastIndexOf(':'))
}

/** A text as a Go template writes it. */
export function goString(text: string): string {
  return JSON.stringify(text)
}
