import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import table from '../../src/completion/generated/table.json' with { type: 'json' }

const folder = join(import.meta.dirname, '../../../../docs/transcripts')
const typed = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
  .filter((line) => line.startsWith('$ '))

const commandLines = (id: string) => typed.filter((line) => line.includes(`kubectl gc ${id.replace(':', ' ')}`))

test.for(Object.keys(table.commands))('a transcript shows %s', (id) => {
  expect(commandLines(id)).not.toEqual([])
})

test('every flag is typed in a transcript', () => {
  const flags = Object.entries(table.commands).flatMap(([id, { flags }]) =>
    Object.keys(flags).map((flag) => ({ id, flag })),
  )
  const missing = flags.filter(
    ({ id, flag }) => !commandLines(id).some((line) => line.includes(`--${flag}`) || line.includes(`--no-${flag}`)),
  )
  expect(missing.map(({ id, flag }) => `${id} --${flag}`)).toEqual([])
})
