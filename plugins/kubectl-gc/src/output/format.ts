import { readFile } from 'node:fs/promises'
import { UsageError } from '../errors/usage.ts'
import { type CustomColumn, parseColumns, parseColumnsFile } from './custom-columns.ts'
import { type JsonPath, jsonPath } from './jsonpath/jsonpath.ts'

/** What `-o` asks for. */
export type Format =
  | { kind: 'table' | 'wide' | 'json' | 'yaml' | 'name' }
  | { kind: 'jsonpath'; path: JsonPath; asJson: boolean }
  | { kind: 'custom-columns'; columns: CustomColumn[] }

const plain = ['table', 'wide', 'json', 'yaml', 'name'] as const
const withValue = ['jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'custom-columns', 'custom-columns-file'] as const

/** Every format, by the word that begins it, and with what follows it. */
export const formats = [...plain, ...withValue.map((word) => `${word}=...`)]

/** Reads the value of `-o`, and the file that it names. @throws {UsageError} there is no such format, or no such file */
export async function readFormat(text: string): Promise<Format> {
  const [, word = '', value] = /^([^=]*)(?:=([\s\S]*))?$/.exec(text) ?? []
  const kind = plain.find((one) => one === word)
  if (kind !== undefined && value === undefined) return { kind }
  switch (withValue.find((one) => one === word)) {
    case 'jsonpath':
      return { kind: 'jsonpath', path: jsonPath(given(value)), asJson: false }
    case 'jsonpath-as-json':
      return { kind: 'jsonpath', path: jsonPath(given(value)), asJson: true }
    case 'jsonpath-file':
      return { kind: 'jsonpath', path: jsonPath(await contentOf(given(value))), asJson: false }
    case 'custom-columns':
      return { kind: 'custom-columns', columns: parseColumns(value ?? '') }
    case 'custom-columns-file':
      return { kind: 'custom-columns', columns: parseColumnsFile(await contentOf(given(value))) }
  }
  const allowed = [...plain, ...withValue].join(', ')
  throw new UsageError(
    `unable to match a printer suitable for the output format "${text}", allowed formats are: ${allowed}`,
  )
}

function given(value: string | undefined): string {
  if (value !== undefined && value !== '') return value
  throw new UsageError(
    'template format specified but no template given',
    `kubectl gc list --output 'jsonpath={..name}'`,
  )
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`error reading template ${path}: ${(error as Error).message}`, `ls -l ${path}`, error)
  }
}
