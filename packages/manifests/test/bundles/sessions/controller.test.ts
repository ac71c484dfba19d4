import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { configMapKey } from '../../../src/bundles/sessions/config-map-key.ts'
import { type CityFile, controllerInstallation } from '../../../src/index.ts'
import type { ConfigMap, Deployment } from '../../../src/kubernetes.ts'

const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[/\p{Cc}]/u.test(text))
const path = fc
  .array(fc.oneof(name, fc.constantFrom('_', '__', '..a', '_2E', '.', 'a'.repeat(250))), { minLength: 1, maxLength: 5 })
  .map((names) => names.join('/'))

function install(files: CityFile[], env = {}, pullSecrets: string[] = []) {
  const { objects } = controllerInstallation({ namespace: 'gc', city: 'c', files, values: {}, env, pullSecrets })
  const found = (kind: string) => objects.find((object) => object.kind === kind)
  return { config: found('ConfigMap') as ConfigMap, deployment: found('Deployment') as Deployment }
}

const file = (path: string, text = '', executable = false) => ({ path, content: Buffer.from(text), executable })

/** What a kubelet makes of the volume: the files by their path, and whether they can be executed. */
function mounted({ config, deployment }: ReturnType<typeof install>) {
  const volume = deployment.spec?.template.spec?.volumes?.find(({ configMap }) => configMap !== undefined)
  expect(volume?.configMap?.name).toBe(config.metadata?.name)
  return (volume?.configMap?.items ?? []).map(({ key, path, mode = 0o644 }) => {
    const [text, binary] = [config.data?.[key], config.binaryData?.[key]]
    const content = text === undefined ? Buffer.from(binary ?? '', 'base64') : Buffer.from(text)
    return { path, content, executable: (mode & 0o100) !== 0 }
  })
}

test('every path has a key that Kubernetes takes, and no two have the same', () => {
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 2, maxLength: 20 }), (paths) => {
      const keys = paths.map(configMapKey)
      expect(new Set(keys).size).toBe(paths.length)
      for (const key of keys) {
        expect(key).toMatch(/^[-._a-zA-Z0-9]{1,253}$/)
        expect(key).not.toMatch(/^\.$|^\.\.|^_f/)
      }
    }),
  )
})

test('a key can be read', () => {
  expect(configMapKey('agents/mayor/prompt.template.md')).toBe('agents__mayor__prompt.template.md')
  expect(configMapKey('a_b/ü')).toBe('a_5Fb___C3_BC')
})

test('the pod finds every file as it is, text or not', () => {
  const content = fc.oneof(
    fc.uint8Array(),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.constantFrom('\uFEFFbom', '\r\n', '\0').map((text) => Buffer.from(text)),
  )
  const files = fc.uniqueArray(fc.record({ path, content, executable: fc.boolean() }), { selector: ({ path }) => path })
  fc.assert(
    fc.property(files, (files) => {
      const found = mounted(install(files))
      const [list, ...rest] = found
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1)
      expect(list?.path).toBe('files')
      expect(list?.content.toString().split('\n').slice(0, -1).sort()).toEqual(files.map(({ path }) => path).sort())
      expect(rest.map((one) => ({ ...one, content: [...one.content] })).sort(byPath)).toEqual(
        files.map((one) => ({ ...one, path: `city/${one.path}`, content: [...one.content] })).sort(byPath),
      )
    }),
  )
})

test('the name of the ConfigMap tells files apart, and not the order in which they come', () => {
  const nameOf = (...files: CityFile[]) => install(files).config.metadata?.name
  const one = nameOf(file('a', '1'), file('b', '2'))
  expect(nameOf(file('b', '2'), file('a', '1'))).toBe(one)
  const others = [
    nameOf(file('a', '1')),
    nameOf(file('a', '2'), file('b', '1')),
    nameOf(file('a', '1', true), file('b', '2')),
  ]
  expect(new Set([one, ...others]).size).toBe(4)
})

test('environment that is given goes before its own, and is not expanded', () => {
  const { deployment } = install([], { GC_DOLT_HOST: 'd', TOKEN: '$(HOME)$' })
  const env = deployment.spec?.template.spec?.containers[0]?.env ?? []
  expect(env.filter(({ name }) => name === 'GC_DOLT_HOST')).toEqual([{ name: 'GC_DOLT_HOST', value: 'd' }])
  expect(env).toContainEqual({ name: 'TOKEN', value: '$$(HOME)$$' })
})

test('the pod has the credentials of registries', () => {
  const secretsOf = (names: string[]) => install([], {}, names).deployment.spec?.template.spec?.imagePullSecrets
  expect([secretsOf([]), secretsOf(['a', 'b'])]).toEqual([undefined, [{ name: 'a' }, { name: 'b' }]])
})

/** The container's own script, with a gc that writes over a file as it makes the city. */
function start(root: string, files: CityFile[]): void {
  rmSync(join(root, 'config'), { recursive: true, force: true })
  const both = install(files)
  for (const { path, content } of mounted(both)) {
    mkdirSync(dirname(join(root, 'config', path)), { recursive: true })
    writeFileSync(join(root, 'config', path), content)
  }
  const script = both.deployment.spec?.template.spec?.containers[0]?.command?.[2] ?? ''
  const here = script.replaceAll(/ "?\/(config|city)/g, (match, folder) =>
    match.replace(`/${folder}`, join(root, folder)),
  )
  execFileSync('sh', ['-c', here], { env: { PATH: `${root}/bin:${process.env.PATH}` } })
}

test('a start puts the files on the volume, and takes away those that the folder has no more', () => {
  const root = mkdtempSync(join(tmpdir(), 'gc-controller-'))
  const at = (path: string) => join(root, 'city', path)
  const read = (path: string) => readFileSync(at(path), 'utf8')
  try {
    for (const folder of ['bin', 'city']) mkdirSync(join(root, folder))
    writeFileSync(
      join(root, 'bin/gc'),
      '#!/bin/sh\nif [ "$1" = init ]; then echo gc > city.toml; mkdir .gc; fi\necho "$1" >> .gc/calls\n',
    )
    chmodSync(join(root, 'bin/gc'), 0o755)
    start(root, [file('city.toml', 'mine'), file('a/b/c', '1'), file('a b', '2'), file('.hidden', '3'), file('x', '4')])
    expect([read('city.toml'), read('a/b/c'), read('a b'), read('.hidden')]).toEqual(['mine', '1', '2', '3'])
    writeFileSync(at('a/theirs'), '')
    start(root, [file('city.toml', 'new'), file('x/y', '5')])
    expect([read('city.toml'), read('x/y'), read('.gc/calls')]).toEqual(['new', '5', 'init\nstart\nstart\n'])
    expect(['a/b', 'a b', '.hidden', 'a/theirs'].map((path) => existsSync(at(path)))).toEqual([
      false,
      false,
      false,
      true,
    ])
    start(root, [file('city.toml', 'new'), file('x', '6')])
    expect(read('x')).toBe('6')
  } finally {
    rmSync(root, { recursive: true })
  }
})
