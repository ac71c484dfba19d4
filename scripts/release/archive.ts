import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compile, programs } from './compile.ts'
import type { Target } from './targets.ts'

const own = (path: string) => new URL(path, import.meta.url).pathname

/** One platform's archive. */
export interface Archive {
  target: Target
  file: string
  sha256: string
}

/** What people who unpack an archive find in it. */
export function contentsOf(target: Target): string[] {
  const windows = target.startsWith('windows')
  const compiled = programs.map((program) => (windows ? `${program}.exe` : program))
  return [...compiled, windows ? 'kubectl_complete-gc.cmd' : 'kubectl_complete-gc', 'LICENSE']
}

interface ArchiveOptions {
  /** A folder in which the programs have been compiled already. Default: they are compiled. */
  ready?: string | undefined
  /** How hard to compress, from 1 to 9. Default 6. */
  level?: number
}

/** Makes the archive of a platform, the same bytes for the same programs. */
export async function makeArchive(
  target: Target,
  version: string,
  out: string,
  { ready, level = 6 }: ArchiveOptions = {},
): Promise<Archive> {
  const folder = await mkdtemp(join(tmpdir(), 'gc-archive-'))
  try {
    const [extra = '', licence = ''] = contentsOf(target).slice(-2)
    for (const [index, name] of contentsOf(target).slice(0, -2).entries()) {
      const program = programs[index] ?? 'kubectl-gc'
      if (ready === undefined) await compile(program, join(folder, name), target)
      else await copyFile(join(ready, name), join(folder, name))
    }
    await copyFile(own(`files/${extra}`), join(folder, extra))
    await copyFile(own('../../LICENSE'), join(folder, licence))
    const file = `kubectl-gc-${version}-${target}.tar.gz`
    const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX']
    const args = [...same, '-C', folder, '-I', `gzip -n -${level}`, '-cf', join(out, file), ...contentsOf(target)]
    await promisify(execFile)('tar', args)
    const sha256 = createHash('sha256')
      .update(await readFile(join(out, file)))
      .digest('hex')
    return { target, file, sha256 }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What `sha256sum --check` reads. */
export function checksums(archives: Archive[]): string {
  return archives.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join('')
}
