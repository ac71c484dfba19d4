import { InvalidArgument } from '../errors.ts'
import type { StartConfig } from '../provider.ts'

/**
 * Reads the JSON document that `start` gets on its standard input. Fields that are not known are ignored.
 * @throws {InvalidArgument} it is not such a document; the message names the field
 */
export function readStartDocument(json: string): StartConfig {
  const document = parse(json)
  return {
    command: optionalString(document, 'command'),
    nudge: optionalString(document, 'nudge'),
    env: environment(document.env),
  }
}

function parse(json: string): Record<string, unknown> {
  try {
    const document: unknown = json.trim() === '' ? {} : JSON.parse(json)
    if (isRecord(document)) return document
  } catch (error) {
    throw new InvalidArgument('start: the document on standard input is not JSON', { cause: error })
  }
  throw new InvalidArgument('start: the document on standard input is not a JSON object')
}

function optionalString(document: Record<string, unknown>, field: string): string | undefined {
  const value = document[field]
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined
  throw new InvalidArgument(`start: the field "${field}" is not a string`)
}

/** Values that are no strings are written as JSON, as the shell script does. */
function environment(env: unknown): Record<string, string> {
  if (env === undefined || env === null) return {}
  if (!isRecord(env)) throw new InvalidArgument('start: the field "env" is not an object')
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
