import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { UsageError } from '../errors/usage.ts'
import type { Agent, City } from './read.ts'
import { type Fields, fillIn } from './template.ts'

/** What gc looks for in an agent's folder, in its order. */
const candidates = ['prompt.template.md', 'prompt.md.tmpl', 'prompt.md']

/**
 * The agent's prompt: the file that it names, else the one in its folder; filled in where its name says that it is a
 * template. Undefined: it has none.
 * @throws {UsageError} it cannot be read, or not be filled in
 */
export async function promptOf({ root }: City, { name, fields }: Agent, values: Fields): Promise<string | undefined> {
  const { prompt_template: named } = fields
  const paths = named === undefined ? candidates.map((file) => join('agents', name, file)) : [named]
  for (const path of paths) {
    const text = await textOf(isAbsolute(path) ? path : join(root, path), path, named !== undefined)
    if (text !== undefined) return /\.template\.md$|\.tmpl$/.test(path) ? fillIn(text, values, path) : text
  }
  return undefined
}

/** Whether the agent has a prompt, be it of any kind. */
export async function hasPrompt({ root }: City, { name, fields }: Agent): Promise<boolean> {
  if (fields.prompt_template !== undefined) return true
  const found = await Promise.all(
    candidates.map((file) => stat(join(root, 'agents', name, file)).catch(() => undefined)),
  )
  return found.some((file) => file !== undefined)
}

async function textOf(path: string, shown: string, needed: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !needed) return undefined
    throw new UsageError(`the prompt ${shown} cannot be read: ${code}`, 'make it, or correct prompt_template', error)
  }
}
