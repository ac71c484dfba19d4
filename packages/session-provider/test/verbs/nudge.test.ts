import { expect } from 'vitest'
import { test } from '../support/local-tmux.ts'

const texts = [
  'Enter',
  'C-c',
  '-l',
  'ends with ;',
  'two\nlines',
  '日本語',
  '$(id)',
  '~root',
  '#{session_name}',
  '"',
  "it's",
]

test.for(texts)('%s arrives as typed, once, and is submitted', async (text, { session, received }) => {
  await session.nudge(text)
  await expect.poll(async () => (await received()).toString()).toBe(`${text}\r`)
})

test('a mebibyte arrives whole', async ({ session, received }) => {
  const text = Buffer.alloc(1024 * 1024, 'x1y2\tz~$;')
  await session.nudge(text)
  await expect.poll(async () => (await received()).length, { timeout: 10_000 }).toBe(text.length + 1)
  expect((await received()).subarray(0, -1).equals(text)).toBe(true)
})

test('arrives while a person looks at the scrollback', async ({ session, local, received }) => {
  local.tmux('copy-mode', '-t', '=main:')
  await session.nudge('hello')
  await expect.poll(async () => (await received()).toString()).toBe('hello\r')
})

test('concurrent nudges come one after the other', async ({ session, received }) => {
  const messages = Array.from({ length: 50 }, (_, index) => `message ${index} `.repeat(40))
  await Promise.all(messages.map((message) => session.nudge(message)))
  await expect.poll(async () => (await received()).toString()).toBe(messages.map((message) => `${message}\r`).join(''))
})

test('an empty message is refused', async ({ session }) => {
  await expect(session.nudge('')).rejects.toThrow('a nudge needs a text')
})
