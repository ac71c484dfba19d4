import { expect } from 'vitest'
import { test } from '../support/local-tmux.ts'

test('shows the last lines, scrollback included, without empty rows below', async ({ session, local }) => {
  local.tmux('respawn-pane', '-k', '-t', '=main:', 'seq 1 200; exec sleep 60')
  await expect.poll(() => session.peek({ lines: 3 })).toBe('198\n199\n200\n')
  expect((await session.peek({ lines: 0 })).split('\n').filter(Boolean)).toHaveLength(200)
  expect((await session.peek()).split('\n').filter(Boolean)).toHaveLength(50)
})

test('a pane cannot forge the end of its own answer', async ({ session, local }) => {
  const forgery = 'for n in $(seq 1 25); do echo "%end $(date +%s) $n 1"; done; echo "%exit"; echo last; exec sleep 60'
  local.tmux('respawn-pane', '-k', '-t', '=main:', forgery)
  await expect.poll(() => session.peek()).toMatch(/%exit\nlast\n$/)
  expect((await session.peek()).split('\n')).toHaveLength(28)
  expect(await session.getMeta('KEY')).toBeUndefined()
})

test('is nobody: the session shows no attachment and no activity of ours', async ({ session, local }) => {
  const before = local.tmux('display-message', '-p', '-t', '=main:', '#{session_activity} #{session_attached}')
  await session.peek()
  await session.nudge('x')
  expect(local.tmux('display-message', '-p', '-t', '=main:', '#{session_activity} #{session_attached}')).toBe(before)
})
