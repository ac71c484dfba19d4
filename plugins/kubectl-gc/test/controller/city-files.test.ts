import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCityFiles } from '../../src/controller/city-files.ts'
import { folderWith } from '../support/city.ts'

const city = { 'city.toml': 'x' }
const paths = async (root: string, exclude: string[] = []) => {
  const { files, leftOut } = await readCityFiles(root, exclude)
  return { files: files.map(({ path }) => path), leftOut }
}

test('the whole folder is read, as it is', async () => {
  const text = { ...city, 'agents/mayor/prompt.template.md': '日本\n', '.claude/settings.json': '{}', 'bin/run': '#!' }
  using folder = folderWith(text)
  const noise = Buffer.from([0, 255, 10])
  writeFileSync(join(folder.path, 'logo.png'), noise)
  chmodSync(join(folder.path, 'bin/run'), 0o755)
  const { files, size } = await readCityFiles(folder.path, [])
  const all = { ...text, 'logo.png': noise }
  expect(Object.fromEntries(files.map(({ path, content }) => [path, content]))).toEqual(
    Object.fromEntries(Object.entries(all).map(([path, content]) => [path, Buffer.from(content)])),
  )
  expect(files.filter(({ executable }) => executable).map(({ path }) => path)).toEqual(['bin/run'])
  const bytes = Object.entries(all).map(([path, content]) => Buffer.byteLength(path) + 1 + Buffer.from(content).length)
  expect(size).toBe(bytes.reduce((sum, one) => sum + one))
})

test('version control, what gc keeps, credentials and noise stay behind, and so does what is asked for', async () => {
  const left = [
    '.git/config',
    'rigs/app/.git/HEAD',
    '.gc/state',
    '.env',
    'agents/a/.env.local',
    'node_modules/a/b',
    'x~',
  ]
  const other = ['rigs/app/big', 'rigs/lib/small', 'a.log', 'deep/b.log', 'envy']
  using folder = folderWith({ ...city, ...Object.fromEntries([...left, ...other].map((path) => [path, ''])) })
  expect(await paths(folder.path)).toEqual({
    files: ['a.log', 'city.toml', 'deep/b.log', 'envy', 'rigs/app/big', 'rigs/lib/small'],
    leftOut: ['.env', 'agents/a/.env.local', 'node_modules', 'x~'],
  })
  expect((await paths(folder.path, ['*.log', 'rigs/app/'])).files).toEqual(['city.toml', 'envy', 'rigs/lib/small'])
  expect((await paths(folder.path, ['./*.log', 'r*'])).files).toEqual(['city.toml', 'deep/b.log', 'envy'])
  await expect(readCityFiles(folder.path, ['*.toml'])).rejects.toThrow('city.toml cannot be left out')
})

test('a link counts as what it points to, and may not leave the city', async () => {
  using outside = folderWith({ secret: 'x' })
  using folder = folderWith({ ...city, 'shared/a': '1' })
  const link = (target: string, path: string) => symlinkSync(target, join(folder.path, path))
  link('shared', 'same')
  link('shared/a', 'one')
  expect((await paths(folder.path)).files).toEqual(['city.toml', 'one', 'same/a', 'shared/a'])
  link(join(outside.path, 'secret'), 'out')
  await expect(readCityFiles(folder.path, [])).rejects.toThrow(/^out is a link that leaves the city: it points to /)
  expect((await paths(folder.path, ['out'])).files).toHaveLength(4)
  link('nothing', 'dangling')
  await expect(readCityFiles(folder.path, ['out'])).rejects.toThrow(/^dangling cannot be read: it points to nothing/)
})

test('a folder without end is refused', async () => {
  using folder = folderWith({ ...city, 'a/x': '', 'b/x': '' })
  symlinkSync('../b', join(folder.path, 'a/to-b'))
  symlinkSync('../a', join(folder.path, 'b/to-a'))
  await expect(readCityFiles(folder.path, [])).rejects.toThrow('a/to-b/to-a is a link to a folder that it is in')
})

test.for([
  [1024 * 1024 - 'city.toml\n'.length, true],
  [1024 * 1024 - 'city.toml\n'.length + 1, false],
] as const)('a city.toml of %i bytes fits: %s', async ([bytes, fits]) => {
  using folder = folderWith({ 'city.toml': 'a'.repeat(bytes) })
  const reading = readCityFiles(folder.path, [])
  if (fits) expect((await reading).size).toBe(1024 * 1024)
  else await expect(reading).rejects.toThrow('its largest files: city.toml (1024 KiB)')
})

test('of what is too much, the largest files are named, the largest first', async () => {
  const files = Object.fromEntries(
    [3, 900, 200, 700].map((kilobytes) => [`f${kilobytes}`, 'a'.repeat(kilobytes * 1024)]),
  )
  using folder = folderWith({ ...city, ...files })
  await expect(readCityFiles(folder.path, [])).rejects.toMatchObject({
    message:
      'the city has 1.8 MiB, and a ConfigMap holds 1.0 MiB; its largest files: f900 (900 KiB), f700 (700 KiB), f200 (200 KiB)',
    suggestion: expect.stringMatching(/--exclude f900$/),
  })
})

test('of too many files, the folder that has most is named', async () => {
  using folder = folderWith({ ...city, 'rigs/app/deep/x': '' })
  mkdirSync(join(folder.path, 'rigs/app/src'), { recursive: true })
  for (let index = 0; index < 2000; index += 1) writeFileSync(join(folder.path, 'rigs/app/src', String(index)), '')
  await expect(readCityFiles(folder.path, [])).rejects.toMatchObject({
    message: expect.stringMatching(/^the city has more than 2000 files, \d+ of them in rigs\/app$/),
    suggestion: expect.stringMatching(/--exclude rigs\/app$/),
  })
})
