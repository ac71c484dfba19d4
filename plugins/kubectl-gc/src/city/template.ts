import { nearest } from '@kubectl-gc/manifests/nearest'
import { UsageError } from '../errors/usage.ts'

/** What `{{ .Name }}` stands for in a city's templates. */
export type Fields = Record<string, string>

const directive = /(\s*)\{\{(-?)\s*(.*?)\s*(-?)\}\}(\s*)/gs

/**
 * Fills in a template of gc, which is one of Go's: `{{ .CityName }}`, with `{{-` and `-}}` taking the space around, and
 * comments. Anything else that Go's templates can do is refused, since only gc knows what it would give.
 * @param what names the template in messages
 * @throws {UsageError} a field that there is not, or another directive; the message has the line
 */
export function fillIn(template: string, fields: Fields, what: string): string {
  return template.replace(directive, (_, before, trimBefore, inner: string, trimAfter, after, at: number) => {
    const left = trimBefore === '' ? before : ''
    const right = trimAfter === '' ? after : ''
    if (/^\/\*.*\*\/$/s.test(inner)) return left + right
    const name = /^\.([A-Za-z]+)$/.exec(inner)?.[1]
    if (name !== undefined && Object.hasOwn(fields, name)) return left + fields[name] + right
    const line = template.slice(0, at + before.length).split('\n').length
    throw refusal(`${what}:${line}`, inner, name, Object.keys(fields))
  })
}

function refusal(where: string, inner: string, name: string | undefined, known: string[]): UsageError {
  if (name !== undefined) {
    const near = nearest(name, known)
    const hint =
      near === undefined ? `use one of ${known.map((field) => `.${field}`).join(', ')}` : `did you mean .${near}?`
    return new UsageError(`${where}: there is no field .${name}`, hint)
  }
  const message = `${where}: {{ ${inner} }} can be filled in only by gc`
  return new UsageError(message, 'write the text itself; or put it into prompt.md, which is taken as it is')
}
