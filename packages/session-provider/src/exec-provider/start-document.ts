import { InvalidArgument } from '../errors.ts'
import type { CopyFile, StartConfig } from '../provider.ts'

/**
 * Reads the JSON document that `start` gets on its standard input. Fields that are not known are ignored. A document
 * without Dolt's address means none, unlike a StartConfig without.
 * @throws {InvalidArgument} it is not such a document; the message names the field
 */
export function readStartDocument(json: string): StartConfig {
  const document = parse(json)
  return {
    command: string(document, 'command'),
    workDir: string(document, 'work_dir') || undefined,
    lifecycle: string(document, 'lifecycle') === 'one_shot' ? 'one_shot' : undefined,
    env: { GC_DOLT_HOST: undefined, ...environment(document) },
    processNames: strings(document, 'process_names'),
    nudge: string(document, 'nudge'),
    readyPromptPrefix: string(document, 'ready_prompt_prefix') || undefined,
    readyDelayMs: milliseconds(document, 'ready_delay_ms'),
    preStart: strings(document, 'pre_start'),
    sessionSetup: strings(document, 'session_setup'),
    sessionSetupScript: string(document, 'session_setup_script') || undefined,
    sessionLive: strings(document, 'session_live'),
    packOverlayDirs: strings(document, 'pack_overlay_dirs'),
    overlayDir: string(document, 'overlay_dir') || undefined,
    copyFiles: copyFiles(document),
  }
}

type Document = Record<string, unknown>

function parse(json: string): Document {
  try {
    const document: unknown = json.trim() === '' ? {} : JSON.parse(json)
    if (isRecord(document)) return document
  } catch (error) {
    throw new InvalidArgument('start: the document on standard input is not JSON', { cause: error })
  }
  throw new InvalidArgument('start: the document on standard input is not a JSON object')
}

/** The value of a field; null counts as absent. @param what what the value must be, for the message */
function field<T>(document: Document, name: string, what: string, is: (value: unknown) => value is T): T | undefined {
  const value = document[name] ?? undefined
  if (value === undefined || is(value)) return value
  throw new InvalidArgument(`start: the field "${name}" is not ${what}`)
}

function string(document: Document, name: string): string | undefined {
  return field(document, name, 'a string', isString)
}

function strings(document: Document, name: string): string[] | undefined {
  return field(document, name, 'a list of strings', (value): value is string[] => isListOf(value, isString))
}

function milliseconds(document: Document, name: string): number | undefined {
  const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 2 ** 31
  return field(document, name, 'a number of milliseconds', isTime)
}

/** Values that are no strings are written as JSON, as the shell script does. */
function environment(document: Document): Record<string, string> {
  const env = field(document, 'env', 'an object', isRecord) ?? {}
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, isString(value) ? value : JSON.stringify(value)]),
  )
}

function copyFiles(document: Document): CopyFile[] | undefined {
  const isEntry = (value: unknown): value is Document =>
    isRecord(value) && isString(value.src) && value.src !== '' && isString(value.rel_dst ?? '')
  const entries = field(document, 'copy_files', 'a list of {"src", "rel_dst"}', (value): value is Document[] =>
    isListOf(value, isEntry),
  )
  return entries?.map(({ src, rel_dst }) => ({ src: String(src), relDst: isString(rel_dst) ? rel_dst : undefined }))
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function isListOf<T>(value: unknown, is: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(is)
}

function isRecord(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
