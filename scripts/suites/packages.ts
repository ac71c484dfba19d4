import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Failure } from './report.ts'
import { collect, root, type Suite } from './suite.ts'

/** What is published is packed, and the tarballs judged: entry points, types, and files that are missing. */
export const packages: Suite = {
  name: 'packages',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'gc-pack-'))
    try {
      const failures: Failure[] = []
      let passed = 0
      for (const { name, path } of await published()) {
        if (await judge(path, join(folder, name))) passed += 1
        else failures.push({ test: name, why: 'its output is above' })
      }
      return { passed, failed: failures.length, skipped: 0, failures }
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

async function published(): Promise<{ name: string; path: string }[]> {
  const folders = await Promise.all(
    ['packages', 'plugins'].map(async (parent) =>
      (await readdir(join(root, parent))).map((name) => ({ name, path: join(root, parent, name) })),
    ),
  )
  return folders.flat()
}

async function judge(path: string, folder: string): Promise<boolean> {
  const packed = await collect('pnpm', ['--dir', path, 'pack', '--pack-destination', folder])
  if (packed.exitCode !== 0) return complain(packed.output)
  const [tarball = ''] = await readdir(folder)
  const judgements = [
    ['publint', 'run', '--strict', join(folder, tarball)],
    ...(path.includes('/packages/') ? [['attw', '--profile', 'esm-only', '--no-color', join(folder, tarball)]] : []),
  ]
  for (const judgement of judgements) {
    const { exitCode, output } = await collect('pnpm', ['exec', ...judgement])
    if (exitCode !== 0) return complain(output)
  }
  return true
}

function complain(output: string): false {
  process.stderr.write(output)
  return false
}
