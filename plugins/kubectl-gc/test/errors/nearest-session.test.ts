import { expect, test } from 'vitest'
import { gc } from '../support/gc.ts'
import { MemorySessions } from '../support/memory-sessions.ts'

async function misspelt(...argv: string[]) {
  const sessions = new MemorySessions()
  sessions.add('mayor')
  sessions.add('coder-1')
  return (await gc(argv, { sessions })).stderr
}

test('a session that is not there: the whole command line for the one that was meant', async () => {
  expect(await misspelt('peek', 'mayr', '--lines', '5')).toMatch(
    /"mayr" is not running.*\nTry: kubectl gc peek mayor --lines 5\n$/s,
  )
  expect(await misspelt('nudge', 'coder1', "it's me")).toMatch(/\nTry: kubectl gc nudge coder-1 'it'\\''s me'\n$/)
  expect(await misspelt('meta', 'get', 'mayor1', 'KEY')).toMatch(/\nTry: kubectl gc meta get mayor KEY\n$/)
})

test('a session that is like none of those that run', async () => {
  expect(await misspelt('peek', 'refinery')).toMatch(/\nTry: see which sessions run: kubectl gc list\n$/)
})
