import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { test as base, expect } from 'vitest'
import { checkPage, OutdatedPage } from '../api/check.ts'
import { groupsOf, renderPage } from '../api/page.ts'
import { readExports, UndocumentedExports } from '../api/read.ts'

const options: ts.CompilerOptions = {
  noLib: true,
  types: [],
  module: ts.ModuleKind.NodeNext,
  allowImportingTsExtensions: true,
}

const test = base.extend<{ folder: string; render: (files: Record<string, string>) => string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the parameter's pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'api-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
  render: async ({ folder }, use) => {
    await use((files) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
      const [entries = []] = readExports([join(folder, 'index.ts')], options)
      return renderPage('# API\n', groupsOf(entries, []))
    })
  },
})

test('a function is shown by its signature, its text and its tags', ({ render }) => {
  const page = render({
    'index.ts': `
      /** It failed. */
      export class Failed extends Error {}
      /**
       * Counts,
       * slowly.
       * @param from the first
       * @returns the sum
       * @throws {Failed} too many
       */
      export async function count(from = 1, ...more: number[]): Promise<number> { return from + more.length }`,
  })
  expect(page).toContain('function count(from?: number, ...more: number[]): Promise<number>\n')
  expect(page).toContain(
    '\nCounts, slowly.\n\n- param `from`: the first\n- returns: the sum\n- throws [`Failed`](#failed-class): too many\n',
  )
})

test('a class is shown by its public members, without bodies', ({ render }) => {
  const page = render({
    'index.ts': `
      const key = Symbol()
      /** A counter. */
      export class Counter {
        readonly [key] = true
        readonly #secret = 1
        private hidden = 2
        protected inherited = 3
        /** What it counts. */
        readonly what: string
        constructor(what: string) { this.what = what }
        get secret() { return this.#secret + this.hidden }
        /** Adds. */
        add(by = 1): void { this.hidden += by }
      }`,
  })
  const members = page.split('\n').filter((line) => line.startsWith('- '))
  expect(members).toEqual([
    '- `readonly what: string`: What it counts.',
    '- `new Counter(what: string)`',
    '- `readonly secret: number`',
    '- `add(by?: number): void`: Adds.',
  ])
})

test('a class whose type alone is exported cannot be made', ({ render }) => {
  const page = render({
    'index.ts': `export type { Made } from './made.ts'`,
    'made.ts': '/** Made elsewhere. */ export class Made { constructor(readonly: string) {} }',
  })
  expect(page).toContain('class Made\n')
  expect(page).not.toContain('new Made')
})

test('members of a base that the page lacks are shown, of one that it has are not', ({ render }) => {
  const page = render({
    'index.ts': `
      export type { Known, Both } from './types.ts'`,
    'types.ts': `
      /** Known. */ export interface Known {
known: string }
      interface Unknown {
/** Told. */
unknown: string }
      /** Both. */ export interface Both extends Known, Unknown { own: string }`,
  })
  const both = page.slice(page.indexOf('### `Both`'), page.indexOf('### `Known`'))
  expect(both).toContain('- `own: string`\n- `unknown: string`: Told.\n')
  expect(both).not.toContain('- `known')
})

test('overloads are one member, with the text of the one that has it', ({ render }) => {
  const page = render({
    'index.ts': `/** Looks. */ export interface Looking {
/** Looks. @throws {Blind} */
look(a: 1): 1; look(b: 2): 2 }`,
  })
  expect(page).toContain('- `look(a: 1): 1`, `look(b: 2): 2`: Looks.\n  - throws `Blind`\n')
})

test('names that a file imports by a namespace are shown as users import them', ({ render }) => {
  const page = render({
    'index.ts': `
      import type * as api from './types.ts'
      export * from './types.ts'
      /** Takes one. */ export type Taker = (given: api.Given) => api.Given`,
    'types.ts': '/** Given. */ export interface Given { a: 1 }',
  })
  expect(page).toContain('type Taker = (given: Given) => Given\n')
})

test('every export without a docstring is named', ({ render }) => {
  const files = { 'index.ts': 'export const bare = 1\n/** Has one. */ export const told = 2\nexport type Mute = 1' }
  expect(() => render(files)).toThrow(UndocumentedExports)
  expect(() => render(files)).toThrow(/bare .*index\.ts[\s\S]*Mute .*index\.ts/)
  expect(() => render(files)).not.toThrow(/told/)
})

test('exports are grouped, and the order of the code does not matter', ({ render }) => {
  const declarations = [
    '/** P. */ export interface OwnSessionProvider { p: 1 }',
    '/** S. */ export interface Session { s: 1 }',
    '/** E. */ export class Broken extends Error {}',
    '/** D. */ export class Deeper extends Broken {}',
    '/** O. */ export interface CallOptions { o: 1 }',
  ]
  const errors = 'interface Error {}\ndeclare var Error: { new (): Error }\n'
  const page = render({ 'index.ts': errors + declarations.join('\n') })
  const headings = page.split('\n').filter((line) => line.startsWith('##'))
  expect(headings).toEqual([
    '## Providers',
    '### `OwnSessionProvider` (interface)',
    '## Session',
    '### `Session` (interface)',
    '## Errors',
    '### `Broken` (class)',
    '### `Deeper` (class)',
    '## Options and results',
    '### `CallOptions` (interface)',
  ])
  expect(render({ 'index.ts': errors + declarations.toReversed().join('\n') })).toBe(page)
})

test('a page that differs, or is not there, names the command that writes it', ({ folder }) => {
  const file = join(folder, 'api.md')
  const check = () => checkPage(file, 'new', 'docs/api.md', 'node write.ts')
  expect(check).toThrow(OutdatedPage)
  writeFileSync(file, 'old')
  expect(check).toThrow(/docs\/api\.md[\s\S]*Run: node write\.ts/)
  expect(readFileSync(file, 'utf8')).toBe('old')
  writeFileSync(file, 'new')
  check()
})
