import manifest from '../../package.json' with { type: 'json' }
import { explain } from '../errors/explain.ts'
import type { ArchiveFile } from './archive.ts'
import type { KnownSecrets } from './redact/known.ts'
import { redactText } from './redact/text.ts'

/** Characters of one file, and of all: a report must fit into a mail. */
const mostOfFile = 2 * 1024 * 1024
const mostOfAll = 20 * 1024 * 1024

/** What a report is made of: each part by its name, as something that may fail. */
export type Parts = Record<string, () => Promise<Record<string, unknown>>>

/** A report, and what it does not have. */
export interface Report {
  files: ArchiveFile[]
  missing: string[]
}

/**
 * Makes every part, then removes secrets from all text at once, since one part may know what is secret in another. A
 * part that fails is told of in the report, and the others are made.
 * @throws {Interruption} the signal fired
 */
export async function makeReport(
  parts: Parts,
  { known, missing, now, signal }: { known: KnownSecrets; missing: string[]; now: Date; signal: AbortSignal },
): Promise<Report> {
  const texts = new Map<string, string>()
  const make = async ([name, part]: [string, Parts[string]]) => {
    try {
      for (const [file, content] of Object.entries(await part())) texts.set(file, asText(content))
    } catch (error) {
      signal.throwIfAborted()
      missing.push(`${name} could not be had: ${explain(error).line}`)
    }
  }
  await Promise.all(Object.entries(parts).map(make))
  const files: ArchiveFile[] = []
  let left = mostOfAll
  for (const [name, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const clean = redactText(text, known)
    const size = Buffer.byteLength(clean)
    if (size > mostOfFile || size > left) missing.push(`${name} has ${size} bytes, which is too much`)
    else files.push({ name: `gc-report/${name}`, text: clean })
    left -= size > mostOfFile || size > left ? 0 : size
  }
  const index = redactText(indexOf(files, missing, now), known)
  return { files: [{ name: 'gc-report/README.txt', text: index }, ...files], missing }
}

function asText(content: unknown): string {
  return typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`
}

function indexOf(files: readonly ArchiveFile[], missing: readonly string[], now: Date): string {
  const lines = [
    `kubectl gc report, made by version ${manifest.version} at ${now.toISOString()}`,
    '',
    'Secrets have been removed as far as a program can tell what is one. Logs and messages are what agents',
    'and programs have written: look through them before you give this to anybody.',
    '',
    'Missing:',
    ...(missing.length === 0 ? ['nothing'] : missing).map((line) => `  ${line}`),
    '',
    'Files:',
    ...files.map(({ name, text }) => `  ${name} (${Buffer.byteLength(text)} bytes)`),
  ]
  return `${lines.join('\n')}\n`
}
