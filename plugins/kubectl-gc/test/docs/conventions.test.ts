import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../..')
const page = await readFile(join(root, 'docs/reference/kubectl-conventions.md'), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (kubectl|\*\*.*\*\*) \|/.test(line))
const named = rows.map(
  (row) =>
    row
      .split(/(?<!\\)\|/)
      .at(-2)
      ?.trim() ?? '',
)

test('every convention names a test', () => {
  expect(rows.length).toBeGreaterThan(30)
  for (const cell of named) expect(cell).toMatch(/^`[\w./-]+\.test\.ts`: \S/)
})

test.for([...new Set(named)])('%s: is there', async (cell) => {
  const [, file = '', name = ''] = /^`([^`]+)`: (.*)$/.exec(cell) ?? []
  const text = await readFile(join(root, file), 'utf8')
  expect(
    ["'", '"', '`'].some(
      (quote) => text.includes(`(${quote}${name}${quote}`) || text.includes(`${quote}${name}${quote},`),
    ),
  ).toBe(true)
})
