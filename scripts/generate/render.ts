/**
 * Writes manifests/ from packages/manifests.
 * Run: `node --conditions=@kubectl-gc/source scripts/generate/render.ts [--check]`; `--check` writes nothing and fails
 * with the names of the files that differ.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sessions, sessionsFiles, toYaml } from '@kubectl-gc/manifests'

const HEADER = '# Rendered from packages/manifests by scripts/generate/render.ts. Do not edit.\n'

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const root = fileURLToPath(new URL('../../manifests/', import.meta.url))

/** Every rendered file by its path under manifests/. */
function rendered(): Map<string, string> {
  const files = new Map<string, string>()
  for (const [file, objects] of Object.entries(sessionsFiles())) files.set(`sessions/${file}`, HEADER + toYaml(objects))
  files.set('sessions/sessions.yaml', HEADER + toYaml(sessions()))
  return files
}

function present(): string[] {
  const entries = readdirSync(root, { recursive: true, encoding: 'utf8' })
  return entries.filter((path) => path.endsWith('.yaml')).map((path) => path.replaceAll('\\', '/'))
}

function contents(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const wanted = rendered()
const drifted = [...new Set([...wanted.keys(), ...present()])]
  .filter((path) => contents(path) !== wanted.get(path))
  .sort()

if (flags.check && drifted.length > 0) {
  console.error(`manifests/ is not what packages/manifests renders:\n${drifted.map((path) => `  ${path}\n`).join('')}`)
  console.error('Run: node --conditions=@kubectl-gc/source scripts/generate/render.ts')
  process.exitCode = 1
} else if (!flags.check) {
  for (const path of drifted) {
    const text = wanted.get(path)
    if (text === undefined) {
      rmSync(join(root, path))
    } else {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    console.log(path)
  }
}
