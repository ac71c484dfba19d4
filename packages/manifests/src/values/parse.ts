import type { z } from 'zod'
import type { Bundle } from '../bundle.ts'
import { nearest } from '../nearest.ts'
import type { Schema } from '../template/reference.ts'
import { type ValueProblem, ValuesError } from './errors.ts'
import { mergeValues, withoutNulls } from './merge.ts'

type Issue = z.core.$ZodIssue

/**
 * Values as a bundle's templates use them: checked, and laid over the defaults as Helm does it.
 * @throws {ValuesError} a key that the bundle does not have, or a value of another type or form
 */
export function parseValues(bundle: Bundle, input: unknown): object {
  const merged = withoutNulls(mergeValues(bundle.values.parse({}), input ?? {}), bundle.schema)
  const result = bundle.values.safeParse(merged)
  if (result.success) return result.data
  throw new ValuesError(
    bundle.name,
    result.error.issues.flatMap((issue) => problems(issue, bundle.schema, merged)),
    result.error,
  )
}

function problems(issue: Issue, schema: Schema, input: unknown): ValueProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(at(schema, issue.path)?.properties ?? {})
    return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: unknown(key, known, issue.path) }))
  }
  const value = issue.path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown>)?.[key], input)
  // A wrong key of a map is what its path ends with.
  const wrong = issue.code === 'invalid_key' ? issue.path.at(-1) : value
  return [{ path: pathOf(issue.path) || 'the values', message: `${shown(wrong)} is not ${expected(issue)}` }]
}

function unknown(key: string, known: string[], path: PropertyKey[]): string {
  const near = nearest(key, known)
  const full = near === undefined ? undefined : pathOf([...path, near])
  return full === undefined ? `no such value; there are ${known.join(', ')}` : `no such value; did you mean ${full}?`
}

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return article(issue.expected === 'int' ? 'integer' : issue.expected)
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'invalid_union':
      return [...new Set(issue.errors.flat().map(expected))].join(' or ')
    case 'invalid_key':
      return issue.issues.map(expected).join(' or ')
    case 'too_small':
      return `at least ${issue.minimum}${unitOf(issue.origin, issue.minimum)}`
    case 'too_big':
      return `at most ${issue.maximum}${unitOf(issue.origin, issue.maximum)}`
    default:
      return issue.message
  }
}

function unitOf(origin: string, count: number | bigint): string {
  const unit = { string: ' character', array: ' element' }[origin]
  return unit === undefined ? '' : `${unit}${Number(count) === 1 ? '' : 's'} long`
}

const article = (word: string) => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function at(schema: Schema, path: PropertyKey[]): Schema | undefined {
  return path.reduce<Schema | undefined>((here, key) => {
    const { additionalProperties } = here ?? {}
    const any = typeof additionalProperties === 'object' ? additionalProperties : undefined
    return here?.properties?.[String(key)] ?? here?.items ?? any
  }, schema)
}

function pathOf(path: PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('')
}
