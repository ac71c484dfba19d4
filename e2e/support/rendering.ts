import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KubernetesObject } from '@kubectl-gc/manifests'
import { parseAllDocuments } from 'yaml'
import { run, succeed } from './run.ts'

const lab = fileURLToPath(new URL('../../scripts/lab/main.ts', import.meta.url))

let folder: Promise<string> | undefined

/** Where an executable of the lab's is, `helm` (3) or `helm4`. */
export async function program(name: 'helm' | 'helm4'): Promise<string> {
  folder ??= succeed(process.execPath, [lab, 'programs', 'helm', 'helm4']).then((path) => path.trim())
  return join(await folder, name)
}

/** Files in a folder of their own, which goes with the value. */
export async function written(files: Record<string, string>): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'rendered-'))
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, file)), { recursive: true })
    await writeFile(join(path, file), text)
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

/** The objects of a YAML text by what names them. Their order says nothing: tools sort them by kind. */
export function byName(yaml: string): Record<string, KubernetesObject> {
  const documents = parseAllDocuments(yaml, { merge: false })
  const objects = documents.flatMap((document) => {
    const [error] = document.errors
    if (error !== undefined) throw error
    return (document.toJS() as KubernetesObject | null) ?? []
  })
  const named = objects.map((object) => [nameOf(object), object] as const)
  const names = named.map(([name]) => name)
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  if (twice.length > 0) throw new Error(`rendered twice: ${twice.join(', ')}`)
  return Object.fromEntries(named)
}

export function nameOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${apiVersion} ${kind} ${metadata?.namespace ?? ''}/${metadata?.name}`
}

/** What a Helm makes of a chart's folder. Values are given as a file: their types stay what they are. */
export async function helmTemplate(
  helm: 'helm' | 'helm4',
  chart: string,
  { release, namespace, values }: { release: string; namespace: string; values: unknown },
): Promise<Record<string, KubernetesObject>> {
  await using file = await written({ 'values.json': JSON.stringify(values) })
  const args = ['template', release, chart, '--namespace', namespace, '--values', join(file.path, 'values.json')]
  return byName(await succeed(await program(helm), args))
}

export async function kustomize(folder: string): Promise<Record<string, KubernetesObject>> {
  const { exitCode, stdout, stderr } = await run('kubectl', ['kustomize', folder])
  if (exitCode !== 0 || stderr !== '') throw new Error(`kubectl kustomize: ${stderr}`)
  return byName(stdout)
}
