import { expect } from 'vitest'
import { test } from '../support/local-tmux.ts'

test('interrupts what runs in the foreground', async ({ session, local }) => {
  local.tmux('respawn-pane', '-k', '-t', '=main:', 'trap "echo interrupted" INT; echo ready; sleep 60; exec sleep 60')
  await expect.poll(() => session.peek()).toContain('ready')
  await session.interrupt()
  await expect.poll(() => session.peek()).toContain('interrupted')
})
