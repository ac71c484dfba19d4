import { expect } from 'vitest'
import type { Session } from '../../src/session.ts'
import { awaitPrompt } from '../../src/verbs/await-prompt.ts'
import { type LocalTmux, test } from '../support/local-tmux.ts'

function show(local: LocalTmux, script: string) {
  local.tmux('respawn-pane', '-k', '-t', '=main:', `${script}; exec sleep 1000`)
}

function wait(session: Session, prefix: string, signal = new AbortController().signal) {
  return awaitPrompt(session, prefix, { longest: 1500, still: 400 }, signal)
}

test.for([
  ['at the beginning', '> ', String.raw`sleep 0.2; printf 'a\nb\n> '`],
  ['behind spaces', '❯', String.raw`printf 'a\n  ❯ hello\n'`],
  ['with a no-break space', '❯ ', String.raw`printf '❯\302\240x\n'`],
  ['above a status', '>', String.raw`printf '>\n-----\nstatus\n\n\n'`],
])('a prompt %s is seen', async ([, prefix, script], { session, local }) => {
  show(local, script as string)
  expect(await wait(session, prefix as string)).toBe(true)
})

test('a screen that stays the same is not waited for', async ({ session, local }) => {
  show(local, 'echo do you trust this folder')
  const began = performance.now()
  expect(await wait(session, '> ')).toBe(false)
  expect(performance.now() - began).toBeLessThan(1500)
})

test('an empty screen, or one that goes on, is waited for as long as it may take', async ({ session, local }) => {
  for (const script of ['true', 'while :; do date +%N; sleep 0.1; done']) {
    show(local, script)
    const began = performance.now()
    expect(await wait(session, '> ')).toBe(false)
    expect(performance.now() - began).toBeGreaterThan(1499)
  }
})

test('waiting ends when it is aborted', async ({ session, local }) => {
  show(local, 'true')
  await expect(wait(session, '> ', AbortSignal.timeout(100))).rejects.toThrow()
})
