import { readdir, readFile } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'
import { isFolder } from '../copy/pack.ts'
import { InvalidArgument } from '../errors.ts'
import type { MemoryTerminal } from './terminal.ts'

/** Copies a file, or the content of a folder, from the disk into a session's memory. @throws {SourceNotFound} */
export async function copyIn({ files }: MemoryTerminal, source: string, target: string): Promise<void> {
  if (target.split('/').includes('..')) throw new InvalidArgument(`"${target}" leads out of the workspace`)
  if (!(await isFolder(source))) {
    files.set(inWorkspace(target || basename(source)), await readFile(source))
    return
  }
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) files.set(inWorkspace(posix.join(target, path.slice(source.length))), await readFile(path))
  }
}

/** A path of a session, made absolute; relative ones are below its workspace. */
export function inWorkspace(path: string): string {
  return posix.resolve('/workspace', path)
}
