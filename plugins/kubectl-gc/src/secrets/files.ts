import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../errors/usage.ts'
import { size } from '../output/size.ts'

/** The login; what an agent is allowed and how it behaves; what it knows of its account and of dialogs already seen. */
const names = ['.credentials.json', 'settings.json', '.claude.json'] as const

/** The file without which the others are of no use. */
export const LOGIN = names[0]

/** Bytes that all values of a Secret may have together (MaxSecretSize of the Kubernetes API). */
const limit = 1024 * 1024

/** The files that an agent needs, by their name. */
export type CredentialFiles = Map<string, Buffer>

/** Where the agent of this machine keeps its files: CLAUDE_CONFIG_DIR, which is its own variable, else ~/.claude. */
export function credentialFolder({ CLAUDE_CONFIG_DIR, HOME = '' }: NodeJS.ProcessEnv): string {
  return CLAUDE_CONFIG_DIR || join(HOME, '.claude')
}

/**
 * Reads those of a folder's files that an agent needs, and no other.
 * @throws {UsageError} there is no login, a file cannot be read or is no JSON, or they are too large for a Secret; no
 * message holds anything of their content
 */
export async function readCredentialFiles(folder: string): Promise<CredentialFiles> {
  const files: CredentialFiles = new Map()
  for (const name of names) {
    const content = await read(join(folder, name))
    if (content !== undefined) files.set(name, content)
  }
  if (!files.has(LOGIN)) {
    throw new UsageError(
      `there is no ${LOGIN} in ${folder}: nobody has logged in there, or its login is kept elsewhere`,
      'log in with claude, or say where: kubectl gc secrets sync --from DIR',
    )
  }
  const total = [...files.values()].reduce((sum, { length }) => sum + length, 0)
  if (total <= limit) return files
  throw new UsageError(
    `the files in ${folder} do not fit into a Secret, which holds ${size(limit)}: ${sizes(files)}`,
    'copy those that agents need, without the large one, and give --from DIR',
  )
}

/** Each file with its size: `.credentials.json (512 B), settings.json (2.0 KiB)`. */
export function sizes(files: CredentialFiles): string {
  return [...files].map(([name, { length }]) => `${name} (${size(length)})`).join(', ')
}

async function read(path: string): Promise<Buffer | undefined> {
  let content: Buffer
  try {
    content = await readFile(path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UsageError(`cannot read ${path}: ${(cause as Error).message}`, undefined, cause)
  }
  if (!isJson(content)) throw new UsageError(`${path} is not JSON`, 'see what wrote it; an agent could not read it')
  return content
}

/** What the parser complains of would show what it read. */
function isJson(content: Buffer): boolean {
  try {
    JSON.parse(content.toString())
    return true
  } catch {
    return false
  }
}
