/**
 * Writes manifests/ from packages/manifests, every bundle with its defaults in all forms, and docs/reference/bundles.md.
 * Run: `node --conditions=@kubectl-gc/source scripts/generate/render.ts [--check]`; `--check` writes nothing and fails
 * with the names of the files that differ.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Bundle, bundles, objectsOf, render, toYaml } from '@kubectl-gc/manifests'
import { bundlesPage } from './render/page.ts'

const HEADER = '# Rendered from packages/manifests by scripts/generate/render.ts. Do not edit.\n'

const PAGE = 'docs/reference/bundles.md'

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every rendered file of a bundle by its path. */
function rendered(bundle: Bundle): [string, string][] {
  const { name, example } = bundle
  const under = (folder: string, files: Record<string, string>) =>
    Object.entries(files).map(([path, text]): [string, string] => [`manifests/${folder}/${path}`, headed(path, text)])
  return [
    ...under(name, { ...render(bundle, 'yaml', example), [`${name}.yaml`]: toYaml(objectsOf(bundle, example)) }),
    ...under(`${name}/kustomize`, render(bundle, 'kustomize', example)),
    ...under(`${name}/helm/${name}`, render(bundle, 'helm')),
  ]
}

/** What YAML and TOML take for a comment, the templates of a chart would render. */
function headed(path: string, text: string): string {
  return /\.(yaml|toml)$/.test(path) && !path.startsWith('templates/') ? HEADER + text : text
}

function present(): string[] {
  const entries = readdirSync(join(root, 'manifests'), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return files.map((path) => path.slice(root.length).replaceAll('\\', '/'))
}

function contents(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const wanted = new Map([...Object.values(bundles).flatMap(rendered), [PAGE, bundlesPage()]])
const drifted = [...new Set([...wanted.keys(), ...present()])]
  .filter((path) => contents(path) !== wanted.get(path))
  .sort()

if (flags.check && drifted.length > 0) {
  console.error(`These are not what packages/manifests renders:\n${drifted.map((path) => `  ${path}\n`).join('')}`)
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
