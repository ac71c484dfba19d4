import { UsageError } from '../../errors/usage.ts'
import { evaluate } from './evaluate.ts'
import { parseRelaxed, parseTemplate } from './parse-template.ts'
import { JsonPathError, type Part } from './template.ts'

/** A JSONPath that has been read, ready to look into documents. */
export interface JsonPath {
  /**
   * What each part of it finds, in order.
   * @throws {UsageError} it cannot be carried out on this document
   */
  find(document: unknown): unknown[][]
}

/** Reads a template as `kubectl -o jsonpath=` takes it. @throws {UsageError} it is none */
export function jsonPath(template: string): JsonPath {
  return read(template, parseTemplate)
}

/** Reads a path as `--sort-by` and `-o custom-columns` take it: braces and the first dot may be left out. @throws {UsageError} */
export function relaxedJsonPath(path: string): JsonPath {
  return read(path, parseRelaxed)
}

function read(text: string, parse: (text: string) => Part[]): JsonPath {
  const parts = worded(`error parsing jsonpath ${text}, `, () => parse(text))
  const failed = `error executing jsonpath ${JSON.stringify(text)}: `
  return { find: (document) => worded(failed, () => evaluate(parts, document)) }
}

const help = 'see the dialect: https://kubernetes.io/docs/reference/kubectl/jsonpath'

function worded<T>(beginning: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof JsonPathError) throw new UsageError(`${beginning}${error.message}`, help, error)
    throw error
  }
}
