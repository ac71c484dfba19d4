import { readFile } from 'node:fs/promises'
import { nearest } from '@kubectl-gc/manifests/nearest'
import { parse, TomlError } from 'smol-toml'
import type { z } from 'zod'
import { UsageError } from '../errors/usage.ts'

/** A file of the city that has been read. */
export interface Read<T> {
  value: T
  /** What in it has no meaning here, for people to read. */
  notes: string[]
}

/**
 * Reads a TOML file of a city. A key that looks like a misspelt one is refused; any other that is not known is noted,
 * since a later gc may know it.
 * @param shown the file as messages name it
 * @throws {UsageError} it cannot be read, is not TOML, or has a value that cannot be used; the message names the place
 */
export async function readToml<T>(path: string, shown: string, schema: z.ZodType<T>): Promise<Read<T>> {
  const table = parsed(await content(path, shown), shown)
  const notes: string[] = []
  for (;;) {
    const result = schema.safeParse(table)
    if (result.success) return { value: result.data, notes }
    const problems = result.error.issues.flatMap((issue) => told(issue, schema, table))
    const wrong = problems.filter(({ fatal }) => fatal)
    if (wrong.length > 0) {
      const messages = wrong.map(({ message }) => `${shown}: ${message}`)
      throw new UsageError(messages.join('; '), wrong[0]?.suggestion ?? `correct ${shown}`, result.error)
    }
    for (const { message, key, path: at } of problems) {
      notes.push(`${shown}: ${message}`)
      delete (lookUp(table, at) as Record<string, unknown>)[key]
    }
  }
}

async function content(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(
      `${shown} cannot be read: ${code ?? (error as Error).message}`,
      `make ${shown} readable`,
      error,
    )
  }
}

function parsed(text: string, shown: string): Record<string, unknown> {
  try {
    return parse(text) as Record<string, unknown>
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [why = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    throw new UsageError(
      `${shown}:${error.line}:${error.column}: ${why}`,
      `correct line ${error.line} of ${shown}`,
      error,
    )
  }
}

interface Problem {
  fatal: boolean
  message: string
  suggestion?: string | undefined
  key: string
  path: PropertyKey[]
}

function told(issue: z.core.$ZodIssue, schema: z.ZodType, table: unknown): Problem[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path)
    return issue.keys.map((key) => {
      const near = nearest(key, known)
      const shown = pathOf([...path, key])
      if (near === undefined)
        return { fatal: false, message: `${shown} is not known, and does nothing here`, key, path }
      const meant = pathOf([...path, near])
      return { fatal: true, message: `${shown} is not known`, suggestion: `did you mean ${meant}?`, key, path }
    })
  }
  const value = shownValue(issue.code === 'invalid_key' ? path.at(-1) : lookUp(table, path))
  return [{ fatal: true, message: `${pathOf(path)}: ${value} is not ${expected(issue)}`, key: '', path }]
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return (
        ({ array: 'a list', record: 'a table', object: 'a table', int: 'a whole number' } as Record<string, string>)[
          issue.expected
        ] ?? `a ${issue.expected}`
      )
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'invalid_key':
      return issue.issues.map(expected).join(' or ')
    case 'too_small':
      return issue.origin === 'string' ? 'a text that says something' : `at least ${issue.minimum}`
    case 'too_big':
      return `at most ${issue.maximum}`
    default:
      return issue.message
  }
}

/** The keys that a table may have; none where any may be there. */
function keysAt(schema: z.ZodType, path: PropertyKey[]): string[] {
  const at = path.reduce<unknown>((here, key) => {
    const { def } = unwrapped(here)
    if ('shape' in def) return (def.shape as Record<PropertyKey, unknown>)[key]
    return 'element' in def ? def.element : def.valueType
  }, schema)
  const { def } = unwrapped(at)
  return 'shape' in def ? Object.keys(def.shape as object) : []
}

function unwrapped(schema: unknown): { def: Record<string, unknown> } {
  let here = schema as { def: Record<string, unknown> }
  while (here.def.type === 'optional') here = here.def.innerType as { def: Record<string, unknown> }
  return here
}

function lookUp(table: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((here, key) => (here as Record<PropertyKey, unknown> | undefined)?.[key], table)
}

function shownValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function pathOf(path: PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('')
}
