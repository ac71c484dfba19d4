import { expect } from 'vitest'
import { sendKeys } from '../../src/verbs/send-keys.ts'
import { test } from '../support/local-tmux.ts'

test('names of keys are keys, and all else is typed', async ({ session, received }) => {
  const keys = ['-x', '-l', 'Enter', 'C-c', 'hello world', 'ends with ;', '$HOME', '日本語', '#{pane_id}', 'Up', '~']
  await sendKeys(session, keys)
  await expect
    .poll(async () => (await received()).toString())
    .toBe('-x-l\r\x03hello worldends with ;$HOME日本語#{pane_id}\x1b[A~')
})

test('keys reach the program while somebody looks at the scrollback', async ({ local, session, received }) => {
  local.tmux('copy-mode', '-t', '=main:')
  await sendKeys(session, ['y', 'Enter'])
  await expect.poll(async () => (await received()).toString()).toBe('y\r')
})

test('no keys are an error', async ({ session }) => {
  await expect(sendKeys(session, [])).rejects.toMatchObject({ name: 'InvalidArgument' })
})
