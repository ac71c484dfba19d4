import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { bundles, mergeValues, objectsOf, sessions, toYaml } from '@kubectl-gc/manifests'
import { test as base, expect } from 'vitest'
import { gc } from '../support/gc.ts'

const test = base.extend<{ folder: string }>({
  folder: async ({ task: _ }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'render-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
})

test('YAML to standard output', async () => {
  const { code, stdout, stderr } = await gc(['render', 'sessions'])
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: toYaml(sessions()), stderr: '' })
})

test('values from an overlay, files and assignments, the later before the earlier', async ({ folder }) => {
  await writeFile(join(folder, 'a.yaml'), 'dolt: {storage: 1Gi, image: one, clients: namespace}\n')
  const stdin = Readable.from(['dolt: {storage: 2Gi, image: two}'])
  const files = ['--values', join(folder, 'a.yaml'), '-f', '-']
  const { stdout } = await gc(['render', 'sessions', '-n', 'team', ...files, '--set', 'dolt.storage=3Gi'], { stdin })
  const dolt = { storage: '3Gi', image: 'two', clients: 'namespace' } as const
  expect(stdout).toBe(toYaml(sessions({ namespace: 'team', dolt })))
})

test('an assignment is of the type that the bundle has there', async () => {
  const limits = ['--set', 'dolt.limits.cpu=3', '--set=dolt.requests.memory=1Gi']
  const { stdout } = await gc(['render', 'sessions', ...limits])
  expect(stdout).toBe(toYaml(sessions({ dolt: { limits: { cpu: '3' }, requests: { memory: '1Gi' } } })))
})

test.for(['yaml', 'kustomize', 'helm'])('%s into a folder, again and again', async (form, { folder }) => {
  const out = join(folder, 'new/folder')
  const first = await gc(['render', 'sessions', '--output', form, '--out', out])
  expect(first).toMatchObject({ code: 0, stderr: '' })
  const written = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const paths = written.map(({ parentPath, name }) => join(parentPath, name))
  expect(first.stdout.trim().split('\n').sort()).toEqual(paths.sort())
  expect(await gc(['render', 'sessions', '-o', form, '--out', out])).toMatchObject({ code: 0, stdout: first.stdout })
})

test('a chart has the given values as its defaults', async ({ folder }) => {
  await gc(['render', 'sessions', '-o', 'helm', '--out', folder, '--set', 'dolt.storage=7Gi'])
  expect(await readFile(join(folder, 'values.yaml'), 'utf8')).toContain('storage: 7Gi')
})

test('a file that is no part of the rendering is left alone', async ({ folder }) => {
  await writeFile(join(folder, 'mine.txt'), '')
  const { code, stderr } = await gc(['render', 'sessions', '--out', folder])
  expect(code).toBe(1)
  expect(stderr).toBe(`error: ${folder} holds another file, ${join(folder, 'mine.txt')}\nTry: name an empty folder\n`)
  expect(await readdir(folder)).toEqual(['mine.txt'])
})

test.for([
  [['sesions'], /^error: no bundle "sesions": there are sessions, .*\nTry: sessions\n$/],
  [[], /^error: missing argument: BUNDLE\n/],
  [['sessions', '--overlay', 'dev'], /^error: no overlay "dev": there is none\n/],
  [
    ['sessions', '-o', 'helm'],
    /^error: a chart is several files\nTry: kubectl gc render sessions --output helm --out DIR/,
  ],
  [['sessions', '-o', 'tar'], /^error: expected --output=tar to be one of: yaml, kustomize, helm/],
  [['sessions', '--set', 'dolt.storag=1Gi'], /^error: dolt\.storag: no such value; did you mean dolt\.storage\?\n/],
  [
    ['sessions', '--set', 'dolt.storage=1 GB'],
    /^error: dolt\.storage: "1 GB" is not a quantity, such as 500m or 10Gi\n/,
  ],
  [['sessions', '--set', 'dolt=x'], /^error: dolt: "x" is not an object\n/],
  [['sessions', '--set', 'dolt.image=null'], /^error: dolt\.image: null is not a string\n/],
  [['sessions', '--set', 'dolt'], /^error: "dolt": is not PATH=VALUE\n/],
  [['sessions', '-n', 'A b'], /^error: namespace: "A b" is not a DNS label/],
  [['sessions', '-f', '/nowhere/values.yaml'], /^error: \/nowhere\/values\.yaml: ENOENT/],
] as const)('%o is refused', async ([argv, told]) => {
  const { code, stdout, stderr } = await gc(['render', ...argv])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(told)
})

test('the help names every bundle', async () => {
  const { stdout } = await gc(['render', '--help'])
  const text = stdout.replace(/\s+/g, ' ')
  for (const name of Object.keys(bundles)) expect(text).toContain(name)
})

test('an overlay is its values', async () => {
  for (const bundle of Object.values(bundles)) {
    for (const [name, { values }] of Object.entries(bundle.overlays ?? {})) {
      const stdin = Readable.from([JSON.stringify(bundle.example ?? {})])
      const { stdout } = await gc(['render', bundle.name, '--overlay', name, '-f', '-'], { stdin })
      expect(stdout).toBe(toYaml(objectsOf(bundle, mergeValues(values, bundle.example))))
    }
  }
})
